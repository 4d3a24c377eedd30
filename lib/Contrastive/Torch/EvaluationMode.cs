using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>Puts a module and all its parts into evaluation mode and, when disposed, each part back into its previous mode.</summary>
internal sealed class EvaluationMode : IDisposable
{
    private readonly List<(nn.Module Part, bool WasTraining)> _modes = [];

    public EvaluationMode(nn.Module module)
    {
        Remember(module);
        module.eval();
    }

    // Parents come before their children, since setting a parent's mode sets its children's.
    public void Dispose()
    {
        foreach (var (part, wasTraining) in _modes)
            part.train(wasTraining);
    }

    private void Remember(nn.Module module)
    {
        _modes.Add((module, module.training));
        foreach (var (_, child) in module.named_children())
            Remember(child);
    }
}
