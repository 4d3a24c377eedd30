using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>What generated scenes are like.</summary>
public sealed record SceneOptions
{
    /// <summary>Height and width in pixels, at least 32. The default is 48.</summary>
    public int Size { get; init; } = 48;

    /// <summary>The smallest number of things in a scene, at least 1. The default is 1.</summary>
    public int LeastObjects { get; init; } = 1;

    /// <summary>The largest number of things in a scene, at most 4. The default is 3.</summary>
    public int MostObjects { get; init; } = 3;

    /// <summary>The captions of each scene, at least 1. The default is 5.</summary>
    public int CaptionsPerScene { get; init; } = 5;

    /// <summary>Pairs of color and shape that no scene has. The default is <see cref="Scenes.HeldOut"/>; an empty list holds none out.</summary>
    public IReadOnlyList<ColorShape> HeldOut { get; init; } = Scenes.HeldOut;

    /// <summary>The only pairs of color and shape that scenes may have, <see cref="HeldOut"/> or not: with <see cref="Scenes.HeldOut"/> a test of
    /// what was held out. Null, the default, for all that are not held out.</summary>
    public IReadOnlyList<ColorShape>? Only { get; init; }

    /// <summary>The pairs that things are drawn from.</summary>
    internal IReadOnlyList<ColorShape> Pairs => Only ?? [.. Scenes.Pairs.Except(HeldOut)];

    /// <summary>Refuses what cannot be drawn.</summary>
    internal void Check()
    {
        Require.AtLeast(Size, 32, "three things cannot be told apart on fewer pixels");
        Require.AtLeast(LeastObjects, 1);
        Require.Between(MostObjects, LeastObjects, 4, "more do not fit");
        Require.AtLeast(CaptionsPerScene, 1);
        ArgumentNullException.ThrowIfNull(HeldOut);
        if (HeldOut.Concat(Only ?? []).FirstOrDefault(pair => !Scenes.Pairs.Contains(pair)) is { } unknown)
        {
            throw new ArgumentException(
                $"There is no '{unknown}' in scenes; the colors are {string.Join(", ", Scenes.ColorNames)}, the shapes {string.Join(", ", Scenes.ShapeNames)}.", nameof(HeldOut));
        }

        if (Pairs.Count == 0)
            throw new ArgumentException("No pair of color and shape is left to draw: hold out fewer.", nameof(HeldOut));
    }
}
