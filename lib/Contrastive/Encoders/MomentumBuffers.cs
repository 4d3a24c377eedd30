namespace Contrastive.Encoders;

/// <summary>What a <see cref="MomentumEncoder"/> does with buffers (batch norm's running statistics) at an update.</summary>
public enum MomentumBuffers
{
    /// <summary>Nothing: the momentum encoder gathers its own from the batches it sees, as in MoCo's code.</summary>
    Own,

    /// <summary>Takes over the source's.</summary>
    Copy,

    /// <summary>Averages them like parameters; counters are copied.</summary>
    Average,
}
