using static TorchSharp.torch;

namespace Contrastive.Data;

/// <summary>A file of named tensors, whatever its format.</summary>
internal interface IWeightSource : IDisposable
{
    /// <summary>The tensors' names.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>A tensor in memory of its own.</summary>
    Tensor Read(string name);
}
