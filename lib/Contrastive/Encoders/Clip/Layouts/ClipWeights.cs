using Contrastive.Torch;
using Contrastive.Weights;
using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <summary>Moves weights between a model and a file of another naming.</summary>
internal static class ClipWeights
{
    // What some releases hold beside the weights: sizes, masks and positions that follow from the configuration.
    private static readonly HashSet<string> Ignored = ["input_resolution", "context_length", "vocab_size", "attn_mask", "position_ids"];

    /// <summary>Fills all parameters and buffers of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The weights.</param>
    /// <param name="prefix">What stands before each released name; what does not begin so is left alone.</param>
    /// <param name="released">Where the file has the tensor of a name of the model's.</param>
    /// <exception cref="InvalidDataException">A tensor is missing, unexpected, or of another shape.</exception>
    public static void Fill(ClipModel model, WeightFile file, string prefix, Func<string, ReleasedTensor> released)
    {
        var (names, used, missing) = (file.Names.ToHashSet(), new HashSet<string>(), new List<string>());
        using var noGradient = no_grad();
        foreach (var (own, target) in model.state_dict())
        {
            var source = released(own);
            var name = prefix + source.Name;
            var isFirst = used.Add(name);
            if (names.Contains(name))
                Copy(file, name, source, target);
            // Nothing is computed with the number of batches; older files do not have it.
            else if (isFirst && !own.EndsWith(".num_batches_tracked", StringComparison.Ordinal))
                missing.Add(name);
        }

        var unexpected = file.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && !used.Contains(name) && !Ignored.Contains(name.Split('.')[^1])).ToList();
        if (missing.Count > 0 || unexpected.Count > 0)
            throw new InvalidDataException($"The weights do not fit the model.{BertWeights.List(" Missing", missing)}{BertWeights.List(" Unexpected", unexpected)}");
    }

    /// <summary>The tensors of a model under released names.</summary>
    public static Dictionary<string, Tensor> Released(ClipModel model, Func<string, ReleasedTensor> released)
    {
        using var noGradient = no_grad();
        return model.state_dict().Select(entry => (Place: released(entry.Key), Tensor: entry.Value)).GroupBy(entry => entry.Place.Name).ToDictionary(
            group => group.Key,
            group => group.First().Place switch
            {
                { Third: not null } => cat([.. group.OrderBy(entry => entry.Place.Third).Select(entry => entry.Tensor)], 0),
                { Transposed: true } => group.Single().Tensor.t(),
                _ => group.Single().Tensor,
            });
    }

    private static void Copy(WeightFile file, string name, ReleasedTensor source, Tensor target)
    {
        using var scope = NewDisposeScope();
        var tensor = file.Read(name);
        if (source.Third is { } third && tensor.dim() > 0 && tensor.size(0) % 3 == 0)
            tensor = tensor.chunk(3, 0)[third];
        if (source.Transposed && tensor.dim() == 2)
            tensor = tensor.t();
        if (tensor.numel() == 1 && target.numel() == 1)
            tensor = tensor.reshape(target.shape); // a scalar is [1] in some layouts
        if (!tensor.shape.SequenceEqual(target.shape))
        {
            var made = source.Third is not null ? "a third of it" : "it";
            throw new InvalidDataException(
                $"The weights do not fit the model: '{name}' makes {made} {TensorText.Shape(tensor)} where the model has {TensorText.Shape(target)}.");
        }

        target.copy_(tensor);
    }
}
