using System.Globalization;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>
/// How far apart images and texts lie in their joint space (Liang et al. 2022, "Mind the Gap: Understanding the Modality Gap in Multi-modal
/// Contrastive Representation Learning", section 2): the distance of the two means of the unit vectors,
/// <code>Δ = 1 / N · Σᵢ xᵢ − 1 / M · Σⱼ yⱼ,    gap = ‖Δ‖</code>
/// A model can retrieve perfectly with a wide gap, since the loss compares an image with texts only.
/// </summary>
public static class ModalityGap
{
    /// <summary>Measures the gap of images and their texts.</summary>
    /// <param name="images">Float <c>[N, D]</c>; normalized here.</param>
    /// <param name="texts">Float <c>[M, D]</c>, of the same type and device; normalized here.</param>
    /// <param name="imageOfText">The image that each text belongs to, int64 <c>[M]</c>; null (the default) where text i belongs to image i.</param>
    /// <exception cref="ArgumentException">The shapes, types or devices do not match, a value is not finite, or a text's image does not
    /// exist.</exception>
    public static ModalityGapReport Measure(Tensor images, Tensor texts, Tensor? imageOfText = null)
    {
        Require.Matrix(images);
        Require.Matrix(texts);
        Require.SameWidth(images, texts);
        Require.Alike(images, texts);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (count, pairs) = (images.size(0), texts.size(0));
        if (imageOfText is null)
            Require.SameShape(images, texts);
        else
            Require.Classes(imageOfText, texts);
        var own = (imageOfText ?? arange(count, int64)).to(images.device); // [M]
        if (own.max().item<long>() is var largest && largest >= count)
            throw new ArgumentException($"imageOfText holds {largest}, but there are {Counted.Of(count, "image")}: use 0 to {count - 1}.", nameof(imageOfText));

        var (x, y) = (Similarity.Normalize(images.to(float64)), Similarity.Normalize(texts.to(float64)));
        var (imageMean, textMean) = (x.mean([0]), y.mean([0])); // [D] each
        var gap = imageMean - textMean; // [D]
        var pairSum = (x.index_select(0, own) * y).sum().item<double>();
        var allSum = imageMean.dot(textMean).item<double>() * count * pairs; // Σᵢⱼ xᵢ · yⱼ
        var middle = gap.dot(imageMean + textMean).item<double>() / 2;
        var separation = (SideShare(x.mv(gap) - middle) + SideShare(middle - y.mv(gap))) / 2;
        return new ModalityGapReport(gap.norm().item<double>(), pairSum / pairs, (allSum - pairSum) / ((count * pairs) - pairs), separation);
    }

    /// <summary>The share of points on the positive side; one on the border counts half.</summary>
    private static double SideShare(Tensor distances) =>
        ((distances > 1e-12).to(float64) + (distances >= -1e-12).to(float64)).mean().item<double>() / 2;
}

/// <summary>Where images and texts lie to each other.</summary>
/// <param name="Distance">The distance of the two means of unit vectors, in [0, 2]; 0 without a gap.</param>
/// <param name="PairCosine">The mean cosine of an image and a text that belong together, in [−1, 1].</param>
/// <param name="OtherCosine">The mean cosine of those that do not; NaN where there is only one image.</param>
/// <param name="Separation">The share told apart by the plane midway between the means, both kinds weighing the same, in [0, 1]: 0.5 where
/// the plane says nothing, 1 where images and texts lie in two separate parts of the space. A fitted plane may tell more apart.</param>
public sealed record ModalityGapReport(double Distance, double PairCosine, double OtherCosine, double Separation)
{
    /// <summary>The figures in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"distance of the means {Distance:0.000}, cosine of pairs {PairCosine:0.000}, of others {OtherCosine:0.000}, told apart by a plane {Separation:P1}");
}
