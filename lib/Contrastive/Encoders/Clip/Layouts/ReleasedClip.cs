using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>The sizes of a released model, whatever its layout. One of both image towers is there.</summary>
internal sealed record ReleasedClip(VisionTransformerConfig? Vision, ModifiedResNetConfig? Network, ClipTextConfig Text, int ProjectionWidth, bool Sigmoid)
{
    public int ImageSize => Vision?.ImageSize ?? Network!.ImageSize;

    /// <summary>The model with random weights.</summary>
    /// <exception cref="ArgumentException">The sizes make no model, or do not fit the tokenizer or the preprocessing.</exception>
    public ClipModel Make(TextTokenizer tokenizer, ImagePreprocessing preprocessing)
    {
        if (tokenizer.VocabularySize > Text.VocabularySize)
            throw new ArgumentException($"The tokenizer has {tokenizer.VocabularySize} tokens and the text tower {Text.VocabularySize}; they belong to different models.");
        if (preprocessing.Size != ImageSize)
            throw new ArgumentException($"The preprocessing makes images of {preprocessing.Size} pixels and the image tower takes {ImageSize}.");
        if (Vision is not null)
        {
            var config = new ClipConfig { Vision = Vision, Text = Text, ProjectionWidth = ProjectionWidth, Sigmoid = Sigmoid };
            return new ClipModel(config, tokenizer, preprocessing);
        }

        var network = new ModifiedResNet(Network!);
        return new ClipModel(
            network, Network!.OutputWidth, new ClipTextEncoder(Text), Text.Width, ProjectionWidth, tokenizer, preprocessing, Text.ContextLength, projectImages: false,
            sigmoid: Sigmoid);
    }

    /// <summary>The sizes of a model.</summary>
    /// <exception cref="ArgumentException">A tower is of a kind that no released layout holds.</exception>
    public static ReleasedClip Of(ClipModel model)
    {
        if (model.TextTower is not ClipTextEncoder text)
            throw Other("text", model.TextTower, nameof(ClipTextEncoder), model);
        return model.ImageTower switch
        {
            VisionTransformer vision => new(vision.Config, null, text.Config, model.ProjectionWidth, model.Bias is not null),
            ModifiedResNet network => new(null, network.Config, text.Config, model.ProjectionWidth, model.Bias is not null),
            _ => throw Other("image", model.ImageTower, $"{nameof(VisionTransformer)} or a {nameof(ModifiedResNet)}", model),
        };
    }

    private static ArgumentException Other(string which, TorchSharp.torch.nn.Module tower, string expected, ClipModel model) =>
        new($"The {which} tower is a {tower.GetType().Name}; only a {expected} has a released layout. Save this model with Checkpoint.", nameof(model));
}

/// <summary>Where a released file has a tensor of this library's: under another name, as one of three parts, or transposed.</summary>
internal readonly record struct ReleasedTensor(string Name, int? Third = null, bool Transposed = false);
