using static TorchSharp.torch;

namespace Contrastive.Weights;

/// <summary>The tensors of a PyTorch file.</summary>
internal sealed class TorchWeights : IWeightSource
{
    private const int Chunk = 1 << 20;

    private readonly ITorchStorages _storages;
    private readonly Dictionary<string, TorchTensor> _tensors = [];

    public TorchWeights(object? content, ITorchStorages storages)
    {
        _storages = storages;
        foreach (var (name, tensor) in StateDictionary.Tensors(content))
        {
            if (!_tensors.TryAdd(name, tensor))
                throw new InvalidDataException($"Two tensors are named '{name}'; the file is damaged.");
            var expected = tensor.Storage.Count * ScalarTypes.Size(tensor.Storage.Type);
            if (storages.Length(tensor.Storage) != expected)
            {
                throw new InvalidDataException(
                    $"The storage of '{name}' has {storages.Length(tensor.Storage)} bytes where its {tensor.Storage.Count} numbers need {expected}; the file is damaged.");
            }
        }
        Names = [.. _tensors.Keys];
    }

    public IReadOnlyList<string> Names { get; }

    public Tensor Read(string name)
    {
        var tensor = _tensors[name];
        using var _ = NewDisposeScope();
        // Only the part of the storage that the tensor views is read.
        var length = tensor.Shape.Contains(0) ? 0 : 1 + tensor.Shape.Zip(tensor.Strides).Sum(d => (d.First - 1) * d.Second);
        var stretch = empty(length, dtype: tensor.Storage.Type);
        if (length > 0)
            Fill(stretch, tensor);
        // The clone holds the tensor's own numbers, in order, and nothing else of that part.
        return stretch.as_strided(tensor.Shape, tensor.Strides).contiguous().clone().MoveToOuterDisposeScope();
    }

    public void Dispose() => _storages.Dispose();

    private void Fill(Tensor target, TorchTensor tensor)
    {
        var stream = _storages.Open(tensor.Storage);
        Skip(stream, tensor.Offset * ScalarTypes.Size(tensor.Storage.Type));
        TensorBytes.Fill(target, (_, piece) => stream.ReadExactly(piece));
    }

    private static void Skip(Stream stream, long count)
    {
        if (stream.CanSeek)
        {
            stream.Seek(count, SeekOrigin.Current);
            return;
        }
        var buffer = new byte[Math.Min(count, Chunk)];
        for (; count > 0; count -= Math.Min(count, buffer.Length))
            stream.ReadExactly(buffer, 0, (int)Math.Min(count, buffer.Length));
    }
}
