using Contrastive.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <summary>What a text encoder requires of its input.</summary>
internal static class TokenInput
{
    public static void Check(Tensor inputIds, int maxPositions, int vocabularySize)
    {
        Require.Shape(inputIds, "integers [B, T]", "token ids");
        if (inputIds.size(1) > maxPositions)
        {
            throw new ArgumentException(
                $"A sequence of {inputIds.size(1)} tokens is longer than the {maxPositions} that the model allows; tokenize with maxLength: {maxPositions}.",
                nameof(inputIds));
        }
        // On a GPU, reading the largest id back would stall every step; there, an id out of range is a device-side error.
        if (inputIds.device_type != DeviceType.CPU)
            return;
        using var smallest = inputIds.min();
        using var largest = inputIds.max();
        var wrong = smallest.item<long>() < 0 ? smallest.item<long>() : largest.item<long>();
        if (wrong < 0 || wrong >= vocabularySize)
        {
            throw new ArgumentException(
                $"Token id {wrong} is not among the model's {vocabularySize}; the tokenizer's vocabulary belongs to another model.", nameof(inputIds));
        }
    }
}
