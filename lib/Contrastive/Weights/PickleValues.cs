using static TorchSharp.torch;

namespace Contrastive.Weights;

/// <summary>A dictionary in a pickle, in its order; keys are whatever the file has. Or a TorchScript object, as its attributes by name.</summary>
internal sealed class PickleDictionary(bool isObject = false)
{
    public bool IsObject => isObject;

    public List<(object? Key, object? Value)> Entries { get; } = [];
}

/// <summary>A list in a pickle.</summary>
internal sealed class PickleList
{
    public List<object?> Items { get; } = [];
}

/// <summary>One of the few Python names that a state dictionary may mention.</summary>
internal sealed record PickleGlobal(string Name);

/// <summary>A block of numbers that tensors view.</summary>
internal sealed record TorchStorage(ScalarType Type, string Key, long Count);

/// <summary>A tensor as the pickle describes it: a strided view of a storage. Created only if it lies within its storage.</summary>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Shape, long[] Strides);
