using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <content>Towers that are not trained.</content>
public sealed partial class ClipModel
{
    /// <summary>
    /// Locks a tower (Zhai et al. 2022, "LiT: Zero-Shot Transfer with Locked-image text Tuning"): its parameters take no gradients, and it
    /// stays in evaluation mode also after <c>train()</c>, so that batch norm's statistics stay too. Its projection is still trained. Make
    /// the optimizer afterwards, of the parameters that require gradients.
    /// </summary>
    public void Lock(ClipTower tower)
    {
        _locked.Add(Require.Defined(tower));
        var module = Tower(tower);
        foreach (var parameter in module.parameters())
        {
            parameter.requires_grad = false;
            parameter.grad = null;
        }

        module.eval();
    }

    /// <summary>Lets a locked tower be trained again, in the model's mode. All its parameters take gradients then.</summary>
    public void Unlock(ClipTower tower)
    {
        if (!_locked.Remove(Require.Defined(tower)))
            return;
        var module = Tower(tower);
        foreach (var parameter in module.parameters())
            parameter.requires_grad = true;
        module.train(training);
    }

    /// <summary>Whether a tower is locked.</summary>
    public bool IsLocked(ClipTower tower) => _locked.Contains(Require.Defined(tower));

    /// <summary>Puts the model into training mode, but for towers that are locked, or into evaluation mode.</summary>
    public override void train(bool train = true)
    {
        base.train(train);
        foreach (var tower in _locked)
            Tower(tower).eval();
    }

    private nn.Module Tower(ClipTower tower) => tower == ClipTower.Image ? ImageTower : TextTower;

    private Tensor Run(ClipTower tower, Func<Tensor> compute)
    {
        if (!_locked.Contains(tower))
            return compute();
        using var noGradient = no_grad();
        return compute();
    }
}
