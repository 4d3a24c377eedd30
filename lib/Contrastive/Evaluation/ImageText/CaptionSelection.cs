using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>
/// Whether a model prefers the caption that is true of an image to one where exactly one thing is wrong: order, color, count, relation. This
/// measures what retrieval hides (Thrush et al. 2022, "Winoground"; Yuksekgonul et al. 2023, "When and Why Vision-Language Models Behave like
/// Bags-of-Words"): there a wrong caption differs in many words, and one of them is enough.
/// </summary>
public static class CaptionSelection
{
    /// <summary>Chooses for each image the caption with the highest cosine. Captions that tie for it (to 1e-6; 1e-12 in float64) share the
    /// choice, as a guess among them would on average: of two that tie, the right one counts half. So a text encoder that ignores the order of
    /// words is at chance where only the order is wrong, and not wherever its rounding puts it.</summary>
    /// <param name="imageEmbeddings">Float <c>[N, D]</c>; normalized here, as are the texts.</param>
    /// <param name="correct">The true caption of each image, float <c>[N, D]</c>.</param>
    /// <param name="wrong">The false ones, float <c>[N, D]</c>, or <c>[N, F, D]</c> for F of them an image.</param>
    /// <exception cref="ArgumentException">The shapes, types or devices do not match, or a value is not finite.</exception>
    public static CaptionSelectionReport Measure(Tensor imageEmbeddings, Tensor correct, Tensor wrong)
    {
        Require.Pairs(imageEmbeddings, correct);
        ArgumentNullException.ThrowIfNull(wrong);
        if (wrong.dim() == 3)
            Require.Shape(wrong, $"float [{imageEmbeddings.size(0)}, F, {imageEmbeddings.size(1)}]", "false captions of each image");
        else
            Require.SameShape(imageEmbeddings, wrong);
        Require.Finite(wrong);
        Require.Alike(imageEmbeddings, wrong);

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var images = Similarity.Normalize(imageEmbeddings.to(float64)).unsqueeze(1); // [N, 1, D]
        var captions = cat([correct.unsqueeze(1), wrong.dim() == 3 ? wrong : wrong.unsqueeze(1)], dim: 1); // [N, 1 + F, D]
        var cosines = (Similarity.Normalize(captions.to(float64)) * images).sum(dim: 2); // [N, 1 + F]
        var (right, others) = (cosines.select(1, 0), cosines.narrow(1, 1, cosines.size(1) - 1));
        var margins = right - others.amax([1]); // [N]
        var tied = ((others - right.unsqueeze(1)).abs_() <= Ties.Width(imageEmbeddings)).sum(dim: 1); // [N]
        var credits = (margins >= -Ties.Width(imageEmbeddings)).to(float64) / (tied + 1); // [N]
        return new CaptionSelectionReport(Values(credits), Values(margins), (int)others.size(1));
    }

    private static double[] Values(Tensor tensor) => tensor.cpu().contiguous().data<double>().ToArray();
}
