using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Two independent views of each text: a positive pair.</summary>
/// <param name="augmentation">Makes each view.</param>
public sealed class TwoTextViews(ITextAugmentation augmentation)
{
    private readonly ITextAugmentation _augmentation = augmentation ?? throw new ArgumentNullException(nameof(augmentation));

    /// <summary>The views of a batch; entry i of both is made from text i.</summary>
    /// <param name="texts">The batch.</param>
    /// <param name="generator">The source of randomness, on the CPU.</param>
    /// <exception cref="ArgumentException">A text contains no words.</exception>
    public (IReadOnlyList<string> View1, IReadOnlyList<string> View2) Apply(IReadOnlyList<string> texts, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(generator);
        return ([.. texts.Select(text => _augmentation.Apply(text, generator))], [.. texts.Select(text => _augmentation.Apply(text, generator))]);
    }
}
