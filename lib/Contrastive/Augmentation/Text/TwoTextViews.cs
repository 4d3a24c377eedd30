namespace Contrastive.Augmentation;

/// <summary>Two independent views of each text: a positive pair.</summary>
/// <param name="augmentation">What makes a view.</param>
public sealed class TwoTextViews(ITextAugmentation augmentation)
{
    private readonly ITextAugmentation _augmentation = augmentation ?? throw new ArgumentNullException(nameof(augmentation));

    /// <summary>The views of a batch; entry i of both is made of text i.</summary>
    /// <param name="texts">The batch.</param>
    /// <param name="random">The source of randomness.</param>
    /// <exception cref="ArgumentException">A text holds no word.</exception>
    public (IReadOnlyList<string> View1, IReadOnlyList<string> View2) Apply(IReadOnlyList<string> texts, Random random)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(random);
        return ([.. texts.Select(text => _augmentation.Apply(text, random))], [.. texts.Select(text => _augmentation.Apply(text, random))]);
    }
}
