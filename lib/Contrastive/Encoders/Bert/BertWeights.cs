using Contrastive.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>Matches the names of released weights with a module's parameters.</summary>
internal static class BertWeights
{
    private const int ListedNames = 10;

    public static IReadOnlyList<string> Load(
        Module module, IEnumerable<string> names, Func<string, Tensor> read, string prefix, Func<string, bool> isOptional)
    {
        var all = names.ToList();
        var isPrefixed = all.Exists(name => name.StartsWith(prefix, StringComparison.Ordinal));
        var parameters = module.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        var parts = parameters.Keys.Select(name => name[..name.IndexOf('.', StringComparison.Ordinal)]).ToHashSet();
        var missing = parameters.Keys.Where(name => !isOptional(name)).ToHashSet();
        var (ignored, unexpected) = (new List<string>(), new List<string>());
        using var _ = no_grad();
        foreach (var name in all)
        {
            var ownName = OwnName(name, isPrefixed ? prefix : "");
            if (ownName is not null && parameters.TryGetValue(ownName, out var parameter))
            {
                Copy(name, read, parameter);
                missing.Remove(ownName);
            }
            else if (ownName is null || !parts.Contains(ownName.Split('.')[0]) || ownName == "embeddings.position_ids")
            {
                ignored.Add(name);
            }
            else
            {
                unexpected.Add(name);
            }
        }
        if (missing.Count > 0 || unexpected.Count > 0)
            throw new InvalidDataException($"The weights do not fit the model.{List(" Missing", missing)}{List(" Unexpected", unexpected)} Is this the model's config.json?");
        return ignored;
    }

    private static string? OwnName(string name, string prefix)
    {
        if (!name.StartsWith(prefix, StringComparison.Ordinal))
            return null;
        return name[prefix.Length..]
            .Replace("LayerNorm.gamma", "LayerNorm.weight", StringComparison.Ordinal)
            .Replace("LayerNorm.beta", "LayerNorm.bias", StringComparison.Ordinal);
    }

    private static void Copy(string name, Func<string, Tensor> read, Tensor parameter)
    {
        using var tensor = read(name);
        if (!tensor.shape.SequenceEqual(parameter.shape))
        {
            throw new InvalidDataException(
                $"The weights do not fit the model: '{name}' is {TensorText.Shape(tensor)} where the configuration makes it {TensorText.Shape(parameter)}.");
        }
        parameter.copy_(tensor);
    }

    internal static string List(string kind, IReadOnlyCollection<string> names) => names.Count == 0
        ? ""
        : $"{kind}: {string.Join(", ", names.Take(ListedNames))}{(names.Count > ListedNames ? $" and {names.Count - ListedNames} more" : "")}.";
}
