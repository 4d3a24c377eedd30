namespace Contrastive.Data;

/// <summary>The parts that a data set's authors made of it.</summary>
public enum TextSplit
{
    /// <summary>For training.</summary>
    Train,

    /// <summary>For choosing settings and checkpoints.</summary>
    Development,

    /// <summary>For the figures that are reported.</summary>
    Test,
}
