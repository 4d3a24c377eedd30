using static TorchSharp.torch;

namespace Contrastive.Weights;

/// <summary>The sizes of a weight file's numbers, in bytes.</summary>
internal static class ScalarTypes
{
    public static int Size(ScalarType type) => type switch
    {
        ScalarType.Float64 or ScalarType.Int64 => 8,
        ScalarType.Float32 or ScalarType.Int32 => 4,
        ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Int16 => 2,
        ScalarType.Int8 or ScalarType.Byte or ScalarType.Bool => 1,
        _ => throw new InvalidDataException($"Tensors of type {type} are not read."),
    };
}
