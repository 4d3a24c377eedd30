namespace Contrastive.Kernel.Running;

/// <summary>How a cell, and with it a notebook's run, ended.</summary>
public enum RunOutcome
{
    /// <summary>Everything ran.</summary>
    Succeeded,

    /// <summary>A cell did not compile, or threw an exception.</summary>
    Failed,

    /// <summary>The time limit was reached.</summary>
    TimedOut,

    /// <summary>The notebook's process ended by itself.</summary>
    Crashed,

    /// <summary>The run was stopped from outside, such as by Ctrl-C.</summary>
    Interrupted,
}
