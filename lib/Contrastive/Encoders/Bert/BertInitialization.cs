using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>BERT's first weights: normal with a small deviation; biases and the padding's embedding zero.</summary>
internal static class BertInitialization
{
    public static void Apply(Module root, BertConfig config)
    {
        using var _ = no_grad();
        foreach (var module in root.modules().Append(root))
        {
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
        }
        if (root is not BertEncoder encoder)
            return;
        using var padding = encoder.WordWeight.select(0, config.PaddingId);
        padding.zero_();
    }
}
