using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>
/// Classification without training (Radford et al. 2021, "Learning Transferable Visual Models From Natural Language Supervision", section 3.1):
/// an image belongs to the class whose description is closest to it in the joint space. A class is described by several prompts, whose
/// embeddings are averaged (section 3.1.4, prompt ensembling):
/// <code>w_c = unit(1 / T · Σ_t unit(text(template_t with class c in place of {}))),    score_c = cos(image, w_c)</code>
/// The classes are encoded once, so that it can be measured during training:
/// <code>using var classifier = ZeroShotClassifier.Of(["circle", "star"], ["a {}", "a picture of a {}"], texts =&gt; model.EncodeTexts(texts));</code>
/// </summary>
public sealed class ZeroShotClassifier : IDisposable
{
    /// <summary>The place of the class in a template.</summary>
    private const string Place = "{}";

    /// <summary>Prompts given to the encoder at once.</summary>
    private const int PromptsAtOnce = 4096;

    /// <summary>Scores held at once: 4 million.</summary>
    private const long BlockElements = 1 << 22;

    /// <summary>A mean of unit vectors shorter than this has no direction but that of rounding.</summary>
    private const double LeastLength = 1e-6;

    private ZeroShotClassifier(IReadOnlyList<string> classNames, Tensor classEmbeddings) => (ClassNames, ClassEmbeddings) = (classNames, classEmbeddings);

    /// <summary>The classes, in the order of the labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The unit vector of each class, <c>[C, D]</c>.</summary>
    public Tensor ClassEmbeddings { get; }

    /// <summary>Describes the classes.</summary>
    /// <param name="classNames">At least one, all different.</param>
    /// <param name="templates">At least one, each with "{}" where the class stands, such as <c>a picture of a {}</c>.</param>
    /// <param name="encodeTexts">Maps M texts to float <c>[M, D]</c>, such as <c>model.EncodeTexts</c>; normalized here. Its results are
    /// disposed here.</param>
    /// <returns>The classifier; dispose it when done.</returns>
    /// <exception cref="ArgumentException">There is no class or no template, a name is empty or occurs twice, a template lacks "{}", or the
    /// embeddings do not match the prompts, are not finite, or cancel out.</exception>
    public static ZeroShotClassifier Of(
        IReadOnlyList<string> classNames, IReadOnlyList<string> templates, Func<IReadOnlyList<string>, Tensor> encodeTexts)
    {
        CheckClasses(classNames);
        CheckTemplates(templates);
        ArgumentNullException.ThrowIfNull(encodeTexts);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var parts = classNames.Chunk(Math.Max(1, PromptsAtOnce / templates.Count)).Select(part => Describe(part, templates, encodeTexts)).ToList();
        return new ZeroShotClassifier([.. classNames], cat(parts, dim: 0).DetachFromDisposeScope());
    }

    /// <summary>The cosine of each image with each class.</summary>
    /// <param name="imageEmbeddings">Float <c>[N, D]</c>; normalized here.</param>
    /// <returns><c>[N, C]</c> on the classes' device. A softmax of these times the model's logit scale gives its probabilities.</returns>
    /// <exception cref="ArgumentException">The embeddings are not as wide as those of the classes, or a value is not finite.</exception>
    public Tensor Scores(Tensor imageEmbeddings)
    {
        Require.Matrix(imageEmbeddings);
        Require.SameWidth(ClassEmbeddings, imageEmbeddings, "the classes' embeddings");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var images = imageEmbeddings.to(ClassEmbeddings.device).to(ClassEmbeddings.dtype);
        return Similarity.Normalize(images).mm(ClassEmbeddings.t()).MoveToOuterDisposeScope();
    }

    /// <summary>The class with the highest score; ties go to the lowest class.</summary>
    /// <param name="imageEmbeddings">Float <c>[N, D]</c>.</param>
    /// <returns>int64 <c>[N]</c>.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Scores"/>.</exception>
    public Tensor Predict(Tensor imageEmbeddings)
    {
        using var scope = NewDisposeScope();
        return Scores(imageEmbeddings).argmax(1).MoveToOuterDisposeScope();
    }

    /// <summary>How many images are recognized. A class that scores as high as the right one (to 1e-6; 1e-12 in float64) counts as ranked
    /// before it, so that a collapsed encoder recognizes nothing.</summary>
    /// <param name="imageEmbeddings">Float <c>[N, D]</c>; normalized here.</param>
    /// <param name="labels">The right classes, int64 <c>[N]</c>, each in 0 … C − 1.</param>
    /// <exception cref="ArgumentException">The shapes do not match, a value is not finite, or a label is not a class.</exception>
    public ZeroShotReport Measure(Tensor imageEmbeddings, Tensor labels)
    {
        Require.Matrix(imageEmbeddings);
        Require.Classes(labels, imageEmbeddings);
        using var scope = NewDisposeScope();
        if (labels.max().item<long>() is var largest && largest >= ClassNames.Count)
            throw new ArgumentException($"labels holds {largest}, but there are {Counted.Of(ClassNames.Count, "class", "classes")}: use 0 to {ClassNames.Count - 1}.", nameof(labels));
        var truths = labels.cpu().contiguous().data<long>().ToArray();
        var (predictions, ranks) = (new List<long>(truths.Length), new List<long>(truths.Length));
        var blockRows = Math.Clamp(BlockElements / ClassNames.Count, 1, truths.Length);
        for (var start = 0L; start < truths.Length; start += blockRows)
        {
            using var block = NewDisposeScope();
            var rows = Math.Min(blockRows, truths.Length - start);
            var scores = Scores(imageEmbeddings.narrow(0, start, rows)); // [rows, C]
            predictions.AddRange(scores.argmax(1).cpu().data<long>().ToArray());
            var right = labels.narrow(0, start, rows).to(scores.device).unsqueeze(1); // [rows, 1]
            ranks.AddRange((Ties.Ahead(scores, right, Ties.Width(scores)) + 1).cpu().data<long>().ToArray());
        }

        return ZeroShotReport.Of(ClassNames, truths, predictions, ranks);
    }

    /// <inheritdoc/>
    public void Dispose() => ClassEmbeddings.Dispose();

    /// <summary>The unit vectors of some classes, <c>[c, D]</c>.</summary>
    private static Tensor Describe(string[] classNames, IReadOnlyList<string> templates, Func<IReadOnlyList<string>, Tensor> encodeTexts)
    {
        using var scope = NewDisposeScope();
        string[] prompts = [.. from name in classNames from template in templates select template.Replace(Place, name, StringComparison.Ordinal)];
        var embeddings = SentenceEmbeddings.Of(prompts, encodeTexts)[prompts]; // [c·T, D]
        var means = Similarity.Normalize(embeddings).reshape(classNames.Length, templates.Count, embeddings.size(1)).mean([1]); // [c, D]
        var lengths = means.norm(1).to(float64).cpu().data<double>().ToArray();
        if (Array.FindIndex(lengths, length => length < LeastLength) is var vague and >= 0)
            throw new ArgumentException($"The embeddings of the prompts of '{classNames[vague]}' are zero or cancel out; expected a direction.", nameof(encodeTexts));
        return Similarity.Normalize(means).MoveToOuterDisposeScope();
    }

    private static void CheckClasses(IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        if (classNames.Count == 0)
            throw new ArgumentException("There are no class names; expected at least one.", nameof(classNames));
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in classNames)
        {
            if (string.IsNullOrWhiteSpace(name))
                throw new ArgumentException($"Class name {known.Count} is empty; expected a word to put into the templates.", nameof(classNames));
            if (!known.Add(name))
                throw new ArgumentException($"The class name '{name}' occurs twice; two classes with one description cannot be told apart: rename one.", nameof(classNames));
        }
    }

    private static void CheckTemplates(IReadOnlyList<string> templates)
    {
        ArgumentNullException.ThrowIfNull(templates);
        if (templates.Count == 0)
            throw new ArgumentException("There are no templates; expected at least one, such as \"a picture of a {}\", or \"{}\" for the bare name.", nameof(templates));
        if (templates.FirstOrDefault(template => template?.Contains(Place, StringComparison.Ordinal) != true, Place) is var wrong && wrong != Place)
            throw new ArgumentException($"The template '{wrong}' has no place for the class; expected {Place} in it, as in \"a picture of a {Place}\".", nameof(templates));
    }
}
