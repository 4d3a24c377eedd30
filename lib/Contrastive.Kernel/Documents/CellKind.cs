namespace Contrastive.Kernel.Documents;

/// <summary>What a notebook's cell holds.</summary>
public enum CellKind
{
    /// <summary>Text in Markdown.</summary>
    Markdown,

    /// <summary>Code, with the outputs of its last run.</summary>
    Code,

    /// <summary>Text that is neither rendered nor run.</summary>
    Raw,
}
