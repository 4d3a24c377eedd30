using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace Contrastive.Weights;

/// <summary>
/// Writes named tensors in Hugging Face's safetensors format: eight bytes with the length of a JSON header, the header (type, shape and
/// offsets of each tensor), then the numbers. Nothing in such a file is ever executed. <see cref="WeightFile"/> reads it.
/// </summary>
public static class SafeTensors
{
    /// <summary>Writes a file atomically: to a temporary file beside it first, which then replaces it.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="tensors">The tensors by name, on any device and in any memory order.</param>
    /// <param name="metadata">Strings to store with them. <value>The default is none.</value></param>
    /// <exception cref="ArgumentException">The format does not have a tensor's type, or a tensor is named <c>__metadata__</c>.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var ordered = Ordered(tensors);
        var header = Header(ordered, metadata);
        var temporary = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                Span<byte> length = stackalloc byte[sizeof(long)];
                BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
                file.Write(length);
                file.Write(header);
                foreach (var (_, tensor) in ordered)
                    TensorBytes.ForEachPiece(tensor, file.Write);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The order in the file: wide types first, so that each tensor is aligned, then by name.</summary>
    internal static KeyValuePair<string, Tensor>[] Ordered(IReadOnlyDictionary<string, Tensor> tensors)
    {
        foreach (var (name, tensor) in tensors)
        {
            if (name == SafeTensorsHeader.Metadata)
                throw new ArgumentException($"A tensor cannot be called '{name}': the format keeps the name for its metadata.", nameof(tensors));
            if (!SafeTensorsHeader.TypeNames.ContainsKey(tensor.dtype))
                throw new ArgumentException(
                    $"'{name}' is of type {tensor.dtype}; safetensors holds {string.Join(", ", SafeTensorsHeader.TypeNames.Keys)}.", nameof(tensors));
        }

        return [.. tensors.OrderByDescending(entry => entry.Value.ElementSize).ThenBy(entry => entry.Key, StringComparer.Ordinal)];
    }

    private static byte[] Header(KeyValuePair<string, Tensor>[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(SafeTensorsHeader.Metadata);
                foreach (var (key, value) in metadata)
                    json.WriteString(key, value);
                json.WriteEndObject();
            }

            var end = 0L;
            foreach (var (name, tensor) in tensors)
            {
                var begin = end;
                end += tensor.numel() * tensor.ElementSize;
                json.WriteStartObject(name);
                json.WriteString("dtype", SafeTensorsHeader.TypeNames[tensor.dtype]);
                WriteNumbers(json, "shape", tensor.shape);
                WriteNumbers(json, "data_offsets", [begin, end]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (buffer.Length % sizeof(long) != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
