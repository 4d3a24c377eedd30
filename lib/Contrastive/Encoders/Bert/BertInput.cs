using Contrastive.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <summary>What an encoder requires of its input.</summary>
internal static class BertInput
{
    public static void Check(Tensor inputIds, BertConfig config)
    {
        Require.Shape(inputIds, "integers [B, T]", "token ids");
        if (inputIds.size(1) > config.MaxPositions)
        {
            throw new ArgumentException(
                $"A sequence of {inputIds.size(1)} tokens is longer than the {config.MaxPositions} that the model allows; tokenize with maxLength: {config.MaxPositions}.",
                nameof(inputIds));
        }
        // On a GPU, reading the largest id back would stall every step; there, an id out of range is a device-side error.
        if (inputIds.device_type != DeviceType.CPU)
            return;
        using var smallest = inputIds.min();
        using var largest = inputIds.max();
        var wrong = smallest.item<long>() < 0 ? smallest.item<long>() : largest.item<long>();
        if (wrong < 0 || wrong >= config.VocabularySize)
        {
            throw new ArgumentException(
                $"Token id {wrong} is not among the model's {config.VocabularySize}; the tokenizer's vocabulary belongs to another model.", nameof(inputIds));
        }
    }
}
