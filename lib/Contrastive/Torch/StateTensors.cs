using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>Copies saved tensors into live ones, all of them or none.</summary>
internal static class StateTensors
{
    public static void Copy(IReadOnlyDictionary<string, Tensor> into, IReadOnlyDictionary<string, Tensor> from, string owner)
    {
        Check(into, from, owner);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var (name, tensor) in into)
            tensor.copy_(from[name]);
    }

    /// <exception cref="ArgumentException">A tensor is missing, unexpected, or of another type or shape.</exception>
    public static void Check(IReadOnlyDictionary<string, Tensor> into, IReadOnlyDictionary<string, Tensor> from, string owner)
    {
        ArgumentNullException.ThrowIfNull(from);
        foreach (var (name, tensor) in into)
        {
            if (!from.TryGetValue(name, out var saved))
                throw new ArgumentException($"The state of {owner} has no '{name}'; it was saved by something else.", nameof(from));
            if (saved.dtype != tensor.dtype || !saved.shape.SequenceEqual(tensor.shape))
                throw new ArgumentException($"'{name}' of {owner} is {TensorText.Describe(saved)} in the saved state but {TensorText.Describe(tensor)} here.", nameof(from));
        }

        var surplus = from.Keys.FirstOrDefault(name => !into.ContainsKey(name));
        if (surplus is not null)
            throw new ArgumentException($"The state has '{surplus}', which {owner} does not have; it was saved by something else.", nameof(from));
    }
}
