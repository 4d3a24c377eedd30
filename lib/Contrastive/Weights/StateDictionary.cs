using System.Globalization;
using System.Runtime.CompilerServices;

namespace Contrastive.Weights;

/// <summary>Finds the tensors in a pickle's content.</summary>
internal static class StateDictionary
{
    private const int DeepestNesting = 16;

    /// <summary>The tensors with their names; those of nested dictionaries, and of the modules of a TorchScript archive, are joined by
    /// dots.</summary>
    public static IEnumerable<(string Name, TorchTensor Tensor)> Tensors(object? content)
    {
        if (content is not PickleDictionary dictionary)
            throw new InvalidDataException("The file holds no state dictionary; save the model's state_dict().");
        return Tensors(dictionary, "", DeepestNesting);
    }

    private static IEnumerable<(string Name, TorchTensor Tensor)> Tensors(PickleDictionary dictionary, string prefix, int depth)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var (key, value) in dictionary.Entries)
        {
            var name = prefix + Convert.ToString(key as object, CultureInfo.InvariantCulture);
            if (value is TorchTensor tensor)
                yield return (name, tensor);
            if (value is not PickleDictionary inner)
                continue;
            if (depth == 0)
                throw new InvalidDataException($"Dictionaries are nested more than {DeepestNesting} deep at '{name}'; this is no state dictionary.");
            foreach (var entry in Tensors(inner, name + ".", depth - 1))
                yield return entry;
        }
    }
}
