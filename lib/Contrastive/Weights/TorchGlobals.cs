using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Weights;

/// <summary>The Python names that a state dictionary may mention, and what they create. No others are ever resolved.</summary>
internal static class TorchGlobals
{
    private const string OrderedDictionary = "collections.OrderedDict";
    private const string RebuildTensor = "torch._utils._rebuild_tensor_v2";
    private const string RebuildParameter = "torch._utils._rebuild_parameter";
    private const string ScriptClass = "__torch__.";
    private const string ScriptTag = "torch.jit._pickle.restore_type_tag";

    // How TorchScript writes lists whose elements have one type.
    private static readonly HashSet<string> ScriptLists =
        ["torch.jit._pickle.build_intlist", "torch.jit._pickle.build_doublelist", "torch.jit._pickle.build_boollist", "torch.jit._pickle.build_tensorlist"];

    private static readonly Dictionary<string, ScalarType> Storages = new()
    {
        ["DoubleStorage"] = ScalarType.Float64,
        ["FloatStorage"] = ScalarType.Float32,
        ["HalfStorage"] = ScalarType.Float16,
        ["BFloat16Storage"] = ScalarType.BFloat16,
        ["LongStorage"] = ScalarType.Int64,
        ["IntStorage"] = ScalarType.Int32,
        ["ShortStorage"] = ScalarType.Int16,
        ["CharStorage"] = ScalarType.Int8,
        ["ByteStorage"] = ScalarType.Byte,
        ["BoolStorage"] = ScalarType.Bool,
    };

    public static PickleGlobal Resolve(string module, string name)
    {
        var global = new PickleGlobal($"{module}.{name}");
        if (global.Name is OrderedDictionary or RebuildTensor or RebuildParameter or ScriptTag || ScriptLists.Contains(global.Name)
            || IsScriptClass(global) || StorageType(global) is not null)
        {
            return global;
        }

        throw new InvalidDataException(
            $"The pickle asks Python for '{global.Name}'. Only tensors and plain containers are read, and nothing in a file is ever run; " +
            "save the model's state_dict() alone, or as safetensors.");
    }

    public static object Call(PickleGlobal global, object?[] arguments) => (global.Name, arguments) switch
    {
        (OrderedDictionary, []) => new PickleDictionary(),
        (OrderedDictionary, [PickleList pairs]) => Dictionary(pairs),
        (RebuildParameter, [TorchTensor tensor, ..]) => tensor,
        (ScriptTag, [{ } value, string]) => value,
        (_, [PickleList list]) when ScriptLists.Contains(global.Name) => list,
        (RebuildTensor, [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..]) => Tensor(storage, offset, Longs(shape), Longs(strides)),
        _ => throw new InvalidDataException($"The pickle calls '{global.Name}' with {arguments.Length} arguments that do not fit it; the file is damaged."),
    };

    /// <summary>An object of a TorchScript class, still without attributes. Its class is a name in the file's own code, which is not
    /// read.</summary>
    public static PickleDictionary Object(PickleGlobal global, object?[] arguments) => IsScriptClass(global) && arguments is []
        ? new PickleDictionary(isObject: true)
        : throw new InvalidDataException($"The pickle makes an object of '{global.Name}'. Only tensors and plain containers are read, and nothing in a file is ever run.");

    public static TorchStorage Storage(object? persistentId)
    {
        // ("storage", its type, its key, the device it was on, its element count[, null])
        if (persistentId is object?[] id && id is ["storage", PickleGlobal type, string key, string, long count, .. var rest]
            && rest is [] or [null] && count is >= 0 and < long.MaxValue / 8 && StorageType(type) is { } scalarType)
        {
            return new TorchStorage(scalarType, key, count);
        }
        throw new InvalidDataException("The pickle refers to something outside it that is not a tensor storage; the file is damaged or of an unknown kind.");
    }

    private static bool IsScriptClass(PickleGlobal global) => global.Name.StartsWith(ScriptClass, StringComparison.Ordinal);

    private static ScalarType? StorageType(PickleGlobal global)
    {
        var name = global.Name.StartsWith("torch.cuda.", StringComparison.Ordinal) ? global.Name["torch.cuda.".Length..]
            : global.Name.StartsWith("torch.", StringComparison.Ordinal) ? global.Name["torch.".Length..] : "";
        return Storages.TryGetValue(name, out var type) ? type : null;
    }

    private static PickleDictionary Dictionary(PickleList pairs)
    {
        var dictionary = new PickleDictionary();
        foreach (var item in pairs.Items)
        {
            var pair = item as object?[] ?? (item as PickleList)?.Items.ToArray();
            if (pair is not [var key, var value])
                throw new InvalidDataException("The pickle makes a dictionary of something that is no pair; the file is damaged.");
            dictionary.Entries.Add((key, value));
        }
        return dictionary;
    }

    private static TorchTensor Tensor(TorchStorage storage, long offset, long[] shape, long[] strides)
    {
        try
        {
            checked
            {
                var last = offset;
                var count = 1L;
                for (var d = 0; d < shape.Length; d++)
                {
                    count *= shape[d];
                    last += Math.Max(shape[d] - 1, 0) * strides[d];
                }
                var isInside = shape.Length == strides.Length && offset >= 0 && Array.TrueForAll(shape, size => size >= 0)
                    && Array.TrueForAll(strides, stride => stride >= 0) && (count == 0 || last < storage.Count);
                if (isInside)
                    return new TorchTensor(storage, offset, shape, strides);
            }
        }
        catch (Exception error) when (error is OverflowException or IndexOutOfRangeException)
        {
            // Reported below, like every other view that does not fit.
        }
        throw new InvalidDataException(
            $"A tensor of shape {TensorText.Shape(shape)}, strides {TensorText.Shape(strides)} and offset {offset} does not lie within its " +
            $"storage '{storage.Key}' of {storage.Count} numbers; the file is damaged.");
    }

    private static long[] Longs(object?[] values) => Array.TrueForAll(values, value => value is long)
        ? [.. values.Select(value => (long)value!)]
        : throw new InvalidDataException("A tensor's shape or strides are not integers; the file is damaged.");
}
