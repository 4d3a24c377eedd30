using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Applies augmentations one after another. The steps' temporaries are reused in place and disposed.</summary>
public sealed class Compose : IImageAugmentation
{
    /// <summary>Creates a chain.</summary>
    /// <param name="augmentations">In the order in which they are applied, at least one.</param>
    /// <exception cref="ArgumentException">There is no augmentation, or one is null.</exception>
    public Compose(params IImageAugmentation[] augmentations)
    {
        ArgumentNullException.ThrowIfNull(augmentations);
        if (augmentations.Length == 0 || augmentations.Contains(null))
            throw new ArgumentException("Expected at least one augmentation, and none of them null.", nameof(augmentations));
        Steps = [.. augmentations];
    }

    /// <summary>The augmentations, in order.</summary>
    public IReadOnlyList<IImageAugmentation> Steps { get; }

    /// <inheritdoc/>
    public Tensor Apply(Tensor images, Generator generator)
    {
        ImageBatch.Check(images, generator);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var view = Steps[0].Apply(images, generator);
        foreach (var step in Steps.Skip(1))
            view = InPlaceAugmentation.ApplyToTemporary(step, view, generator);
        return view.MoveToOuterDisposeScope();
    }

    /// <summary>The steps' names, in order.</summary>
    public override string ToString() => string.Join(" → ", Steps.Select(step => step.GetType().Name));
}
