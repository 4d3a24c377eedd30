using static TorchSharp.torch;

namespace Contrastive.Data;

/// <summary>Encoded pictures with their labels, found but not yet decoded.</summary>
internal sealed record LabeledFiles(FileTree Tree, IReadOnlyList<string> Paths, IReadOnlyList<int> Labels, IReadOnlyList<string> ClassNames)
{
    /// <summary>A class-balanced subset of <paramref name="count"/> pictures; all if it is null.</summary>
    public LabeledFiles Choose(int? count, long seed)
    {
        if (count is not { } wanted)
        {
            return this;
        }

        var chosen = ClassBalance.Choose(Labels, wanted, seed).ToHashSet();
        return Only(chosen.Contains);
    }

    /// <summary>The pictures at the places that belong, in their order.</summary>
    public LabeledFiles Only(Func<int, bool> belongs)
    {
        int[] places = [.. Enumerable.Range(0, Paths.Count).Where(belongs)];
        return this with { Paths = [.. places.Select(place => Paths[place])], Labels = [.. places.Select(place => Labels[place])] };
    }

    /// <summary>Decodes all of them in parallel.</summary>
    /// <param name="name">What the set is to be called.</param>
    /// <param name="size">The side to scale to; null if all have the same size, which is kept.</param>
    public ImageSet Decode(string name, int? size)
    {
        if (Paths.Count == 0)
        {
            throw new InvalidDataException($"{Tree.Source}: no pictures were found for '{name}'.");
        }

        var (width, height) = size is { } side ? (side, side) : ImageDecoder.Measure(Tree.Read(Paths[0]), $"{Tree.Source}: {Paths[0]}");
        using var scope = NewDisposeScope();
        var (images, problems) = DecodedPictures.Decode(Tree, Paths, width, height, resize: size is not null);
        return problems.OfType<string>().Min(StringComparer.Ordinal) is { } problem
            ? throw new InvalidDataException(problem)
            : new ImageSet(name, images, tensor(Labels.Select(label => (long)label).ToArray()), ClassNames);
    }
}
