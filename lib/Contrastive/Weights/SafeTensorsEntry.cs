using TorchSharp;

namespace Contrastive.Weights;

/// <summary>What a safetensors header says of one tensor: its type, its shape, and its first and past-the-end byte after the header.</summary>
internal sealed record SafeTensorsEntry(string Name, torch.ScalarType Type, long[] Shape, long Begin, long End);
