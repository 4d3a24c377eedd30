using static TorchSharp.torch;

namespace Contrastive.Display;

/// <summary>The colors of heat, from dark violet to light yellow: each step is lighter than the one before, so that they read in gray and by eyes
/// that tell few colors apart.</summary>
internal static class HeatColors
{
    private static readonly byte[][] Steps = [[13, 8, 50], [94, 24, 118], [190, 50, 94], [242, 124, 50], [252, 240, 164]];

    /// <summary>The scale as colors of a style sheet, dark first.</summary>
    public static string Css => string.Join(',', Steps.Select(step => FormattableString.Invariant($"rgb({step[0]} {step[1]} {step[2]})")));

    /// <summary>The color of each value, between two steps in proportion.</summary>
    /// <param name="values">Float32 <c>[N, H, W]</c> in [0, 1].</param>
    /// <returns>Float32 <c>[N, 3, H, W]</c> in [0, 255].</returns>
    public static Tensor Of(Tensor values)
    {
        using var scope = NewDisposeScope();
        var scale = tensor(Steps.SelectMany(step => step.Select(channel => (float)channel)).ToArray(), [Steps.Length, 3]);
        var place = values * (Steps.Length - 1); // [N, H, W]
        var below = place.floor().clamp_(0, Steps.Length - 2);
        var lower = below.to(int64).reshape(-1);
        var (dark, light) = (scale.index_select(0, lower), scale.index_select(0, lower + 1)); // [N·H·W, 3]
        var colors = dark + ((light - dark) * (place - below).reshape(-1, 1));
        return colors.reshape(values.size(0), values.size(1), values.size(2), 3).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }
}
