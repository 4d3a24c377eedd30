namespace Contrastive.Weights;

/// <summary>Where the numbers of a PyTorch file lie.</summary>
internal interface ITorchStorages : IDisposable
{
    /// <summary>The number of bytes that the file holds of a storage.</summary>
    long Length(TorchStorage storage);

    /// <summary>The bytes of a storage, from the first.</summary>
    Stream Open(TorchStorage storage);
}
