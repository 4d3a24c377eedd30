using System.Text.Json;
using Contrastive.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Weights;

/// <summary>Reads and checks the JSON header of a safetensors file: whatever passes here can be read without further checks.</summary>
internal static class SafeTensorsHeader
{
    public const string Metadata = "__metadata__";

    public static readonly IReadOnlyDictionary<ScalarType, string> TypeNames = new Dictionary<ScalarType, string>
    {
        [ScalarType.Float64] = "F64",
        [ScalarType.Float32] = "F32",
        [ScalarType.Float16] = "F16",
        [ScalarType.BFloat16] = "BF16",
        [ScalarType.Int64] = "I64",
        [ScalarType.Int32] = "I32",
        [ScalarType.Int16] = "I16",
        [ScalarType.Int8] = "I8",
        [ScalarType.Byte] = "U8",
        [ScalarType.Bool] = "BOOL",
    };

    private static readonly Dictionary<string, (ScalarType Type, int Bytes)> Types = new()
    {
        ["F64"] = (ScalarType.Float64, 8),
        ["F32"] = (ScalarType.Float32, 4),
        ["F16"] = (ScalarType.Float16, 2),
        ["BF16"] = (ScalarType.BFloat16, 2),
        ["I64"] = (ScalarType.Int64, 8),
        ["I32"] = (ScalarType.Int32, 4),
        ["I16"] = (ScalarType.Int16, 2),
        ["I8"] = (ScalarType.Int8, 1),
        ["U8"] = (ScalarType.Byte, 1),
        ["BOOL"] = (ScalarType.Bool, 1),
    };

    /// <summary>The tensors in the order of their offsets, and the metadata.</summary>
    /// <param name="header">The JSON.</param>
    /// <param name="dataLength">The bytes after the header.</param>
    /// <exception cref="InvalidDataException">Anything in it violates the format.</exception>
    public static (IReadOnlyList<SafeTensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata) Parse(ReadOnlyMemory<byte> header, long dataLength)
    {
        try
        {
            using var json = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 4 });
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw new InvalidDataException("The header is not a JSON object.");
            var metadata = new Dictionary<string, string>();
            var entries = new List<SafeTensorsEntry>();
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.Name == Metadata)
                    metadata = property.Value.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString() ?? "");
                else
                    entries.Add(Entry(property, dataLength));
            }

            entries.Sort((first, second) => (first.Begin, first.End).CompareTo((second.Begin, second.End)));
            CheckPlaces(entries, dataLength);
            return (entries, metadata);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new InvalidDataException($"The header is not that of a safetensors file: {error.Message}", error);
        }
    }

    private static SafeTensorsEntry Entry(JsonProperty property, long dataLength)
    {
        var name = property.Name;
        var type = property.Value.GetProperty("dtype").GetString() ?? "";
        if (!Types.TryGetValue(type, out var known))
            throw new InvalidDataException($"'{name}' is of type '{type}'; known are {string.Join(", ", Types.Keys)}.");
        var shape = property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        var offsets = property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64()).ToArray();
        if (offsets is not [var begin, var end] || begin < 0 || end < begin || end > dataLength)
            throw new InvalidDataException($"'{name}' lies at [{string.Join(", ", offsets)}], outside the {dataLength} bytes of data: the file is truncated or damaged.");
        if (Bytes(shape, known.Bytes) != end - begin)
            throw new InvalidDataException($"'{name}' of type {type} and shape {TensorText.Shape(shape)} does not fit into its {end - begin} bytes.");
        return new SafeTensorsEntry(name, known.Type, shape, begin, end);
    }

    /// <summary>The number of bytes of a shape, or −1 where a size is negative or the product too large.</summary>
    private static long Bytes(long[] shape, int elementBytes)
    {
        if (shape.Contains(0))
            return shape.Any(size => size < 0) ? -1 : 0;
        Int128 bytes = elementBytes;
        foreach (var size in shape)
        {
            bytes *= size;
            if (size < 0 || bytes > long.MaxValue)
                return -1;
        }

        return (long)bytes;
    }

    private static void CheckPlaces(List<SafeTensorsEntry> entries, long dataLength)
    {
        var end = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin < end)
                throw new InvalidDataException($"'{entry.Name}' begins at byte {entry.Begin}, within the tensor before it, which ends at {end}.");
            if (entry.Begin > end)
                throw new InvalidDataException($"The bytes from {end} to {entry.Begin}, before '{entry.Name}', belong to no tensor.");
            end = entry.End;
        }

        if (end != dataLength)
            throw new InvalidDataException($"{dataLength - end} bytes after the last tensor belong to no tensor.");
    }
}

/// <summary>A tensor's entry in a safetensors header: its type, its shape, and its first and past-the-end byte after the
/// header.</summary>
internal sealed record SafeTensorsEntry(string Name, torch.ScalarType Type, long[] Shape, long Begin, long End);
