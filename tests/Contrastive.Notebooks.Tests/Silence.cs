using Contrastive.Kernel.Running;

namespace Contrastive.Notebooks.Tests;

/// <summary>Listens to a run and says nothing.</summary>
internal sealed class Silence : IRunListener
{
    public void CellStarted(CellRun cell)
    {
    }

    public void Progress(CellRun cell, string text)
    {
    }

    public void CellEnded(CellRun cell)
    {
    }

    public void Note(string text)
    {
    }
}
