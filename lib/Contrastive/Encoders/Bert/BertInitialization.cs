using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>BERT's initial weights: normal with a small standard deviation; biases and the padding embedding zero.</summary>
internal static class BertInitialization
{
    /// <summary>Draws the weights of a module and all its descendants, in the order of PyTorch's <c>modules()</c>.</summary>
    public static void Apply(Module module, BertConfig config)
    {
        using var _ = no_grad();
        switch (module)
        {
            case Linear linear:
                linear.weight!.normal_(0, config.InitializerRange);
                linear.bias?.zero_();
                break;
            case Embedding embedding:
                embedding.weight!.normal_(0, config.InitializerRange);
                break;
        }
        foreach (var child in module.children())
            Apply(child, config);
        if (module is not BertEncoder encoder)
            return;
        using var padding = encoder.WordWeight.select(0, config.PaddingId);
        padding.zero_();
    }
}
