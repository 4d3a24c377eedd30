namespace Contrastive.Data;

/// <summary>How a file of the catalog stands in the data folder.</summary>
public enum DataFileState
{
    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>It is there with the right size; its SHA-256 was not computed.</summary>
    Present,

    /// <summary>It is there with the right SHA-256.</summary>
    Verified,

    /// <summary>A file of that name is there, with another size or SHA-256.</summary>
    Wrong,
}
