using static TorchSharp.torch;

namespace Contrastive.Weights;

/// <summary>A file of named tensors, whatever its format.</summary>
internal interface IWeightSource : IDisposable
{
    /// <summary>The tensors' names, in the file's order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The texts that were kept with the tensors.</summary>
    IReadOnlyDictionary<string, string> Metadata => new Dictionary<string, string>();

    /// <summary>A tensor, one of <see cref="Names"/>, in CPU memory of its own.</summary>
    Tensor Read(string name);
}
