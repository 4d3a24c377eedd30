using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Applies augmentations one after another.</summary>
/// <param name="augmentations">At least one, in the order to apply.</param>
/// <exception cref="ArgumentException">There is none.</exception>
public sealed class ComposeText(params ITextAugmentation[] augmentations) : ITextAugmentation
{
    private readonly ITextAugmentation[] _augmentations =
        augmentations is { Length: > 0 } ? [.. augmentations] : throw new ArgumentException("There is no augmentation to apply; pass at least one.", nameof(augmentations));

    /// <inheritdoc/>
    public string Apply(string text, Generator generator) => _augmentations.Aggregate(text, (view, augmentation) => augmentation.Apply(view, generator));
}
