using Contrastive.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>
/// Images and texts in one space (Radford et al. 2021, "Learning Transferable Visual Models From Natural Language Supervision"): an image
/// tower and a text tower, a linear projection of each into the joint space, and the learned scale of the logits. The towers are CLIP's, or
/// any modules, such as a <see cref="SmallResNet"/> and a <see cref="SentenceEncoder"/>.
/// </summary>
/// <remarks>Its parameters have the prefixes of Hugging Face's <c>CLIPModel</c>: <c>vision_model.</c>, <c>text_model.</c>,
/// <c>visual_projection.</c>, <c>text_projection.</c>; beside them <c>scale.logit_scale</c> and <c>bias.logit_bias</c>. The projections
/// have no bias, and start normal with standard deviation 1 / √width, as in CLIP's released code. Pass <see cref="Scale"/> to the loss and
/// <c>parameters()</c> of this model, not of the loss, to the optimizer.</remarks>
public sealed partial class ClipModel : Module
{
    private readonly Linear? _imageProjection;
    private readonly Linear? _textProjection;
    private readonly HashSet<ClipTower> _locked = [];

    /// <summary>Makes a model with random weights.</summary>
    /// <param name="config">The sizes of both towers.</param>
    /// <param name="tokenizer">The tokenizer of the texts.</param>
    /// <param name="preprocessing">What is done to images first. <value>The default is CLIP's, to the size that the image tower
    /// takes.</value></param>
    /// <exception cref="ArgumentException">The configuration is invalid, the tokenizer has more tokens than the text tower, or images are
    /// resized to another size than the image tower takes.</exception>
    public ClipModel(ClipConfig config, TextTokenizer tokenizer, ImagePreprocessing? preprocessing = null)
        : this(
            new VisionTransformer(Fitting(config, tokenizer, preprocessing).Vision), config.Vision.Width, new ClipTextEncoder(config.Text), config.Text.Width,
            config.ProjectionWidth, tokenizer, preprocessing ?? new ImagePreprocessing { Size = config.Vision.ImageSize }, config.Text.ContextLength,
            config.ProjectsImages, config.ProjectsTexts, config.Sigmoid)
    {
    }

    /// <summary>Makes a model of two towers.</summary>
    /// <param name="imageTower">From images <c>[N, 3, H, W]</c>, preprocessed, to features <c>[N, imageWidth]</c>. This model owns it from
    /// now on.</param>
    /// <param name="imageWidth">The width of its features.</param>
    /// <param name="textTower">From token sequences to features <c>[N, textWidth]</c>. This model owns it from now on.</param>
    /// <param name="textWidth">The width of its features.</param>
    /// <param name="projectionWidth">D, the width of the joint space.</param>
    /// <param name="tokenizer">The tokenizer that belongs to the text tower.</param>
    /// <param name="preprocessing">What is done to images first.</param>
    /// <param name="maxLength">Longer texts are truncated to this many tokens, special tokens included. <value>The default is what the text
    /// tower says, if it is a <see cref="ClipTextEncoder"/> or a <see cref="SentenceEncoder"/>, and otherwise 77.</value></param>
    /// <param name="projectImages">Whether a learned projection follows the image tower; false where it ends in the joint space already.
    /// <value>The default is true.</value></param>
    /// <param name="projectTexts">The same of the text tower.</param>
    /// <param name="sigmoid">Whether it is trained with SigLIP's loss, see <see cref="ClipConfig.Sigmoid"/>. <value>The default is
    /// false.</value></param>
    /// <exception cref="ArgumentException">A number is below one, or a tower without a projection has another width than the joint
    /// space.</exception>
    public ClipModel(
        Module<Tensor, Tensor> imageTower, int imageWidth, Module<TokenBatch, Tensor> textTower, int textWidth, int projectionWidth, TextTokenizer tokenizer,
        ImagePreprocessing preprocessing, int? maxLength = null, bool projectImages = true, bool projectTexts = true, bool sigmoid = false) : base(nameof(ClipModel))
    {
        ArgumentNullException.ThrowIfNull(imageTower);
        ArgumentNullException.ThrowIfNull(textTower);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(preprocessing);
        ProjectionWidth = Require.AtLeast(projectionWidth, 1);
        MaxLength = Require.AtLeast(maxLength ?? LongestText(textTower), 1, name: nameof(maxLength));
        (ImageTower, TextTower, Tokenizer, Preprocessing) = (imageTower, textTower, tokenizer, preprocessing);
        register_module("vision_model", imageTower);
        register_module("text_model", textTower);
        _imageProjection = Project("visual_projection", Require.AtLeast(imageWidth, 1), nameof(imageWidth), projectImages);
        _textProjection = Project("text_projection", Require.AtLeast(textWidth, 1), nameof(textWidth), projectTexts);
        register_module("scale", Scale = sigmoid ? new LogitScale(start: 10, largest: float.MaxValue) : new LogitScale());
        if (sigmoid)
            register_module("bias", Bias = new LogitBias());
    }

    /// <summary>The image tower.</summary>
    public Module<Tensor, Tensor> ImageTower { get; }

    /// <summary>The text tower.</summary>
    public Module<TokenBatch, Tensor> TextTower { get; }

    /// <summary>The learned scale of the logits; the loss takes it.</summary>
    public LogitScale Scale { get; }

    /// <summary>The learned bias of the logits, if the model is trained with SigLIP's loss, which takes it; null otherwise.</summary>
    public LogitBias? Bias { get; }

    /// <summary>The tokenizer.</summary>
    public TextTokenizer Tokenizer { get; }

    /// <summary>What is done to images before the image tower sees them.</summary>
    public ImagePreprocessing Preprocessing { get; }

    /// <summary>The maximum number of tokens of a text.</summary>
    public int MaxLength { get; }

    /// <summary>D, the width of the joint space.</summary>
    public int ProjectionWidth { get; }

    /// <summary>Embeddings of images, with gradients and, in training mode, patch dropout.</summary>
    /// <param name="images">Float <c>[N, 3, H, W]</c> in [0, 1], on the model's device.</param>
    /// <returns><c>[N, D]</c>; not normalized.</returns>
    /// <exception cref="ArgumentException">They are no float image batch, or the tower returned something else than one row for each.</exception>
    public Tensor ImageFeatures(Tensor images)
    {
        using var scope = NewDisposeScope();
        var prepared = Preprocessing.Apply(images);
        return Project(Run(ClipTower.Image, () => ImageTower.call(prepared)), _imageProjection, images.size(0), ImageTower).MoveToOuterDisposeScope();
    }

    /// <summary>Embeddings of texts, with gradients.</summary>
    /// <param name="batch">Token sequences <c>[N, T]</c>, as <see cref="Tokenize"/> makes them, on the model's device.</param>
    /// <returns><c>[N, D]</c>; not normalized.</returns>
    /// <exception cref="ArgumentException">A sequence is longer than the text tower allows, or the tower returned something else than one row
    /// for each.</exception>
    public Tensor TextFeatures(TokenBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        return Project(Run(ClipTower.Text, () => TextTower.call(batch)), _textProjection, batch.Count, TextTower).MoveToOuterDisposeScope();
    }

    /// <summary>Texts as a batch, truncated to <see cref="MaxLength"/>; the end-of-text token stays. For SigLIP's text tower padded to it.</summary>
    /// <exception cref="ArgumentException">There is no text, or one has no token: with <see cref="ClipTokenizer"/> also an empty text
    /// has.</exception>
    public TokenBatch Tokenize(IReadOnlyList<string> texts) => Pad(Sequences(texts));

    private TokenBatch Pad(IReadOnlyList<TokenSequence> sequences) =>
        TokenBatch.Pad(sequences, Tokenizer.PaddingId, TextTower is ClipTextEncoder { Config.Pooling: TextPooling.Last } ? MaxLength : null);

    private TokenSequence[] Sequences(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0)
            throw new ArgumentException("There is no text.", nameof(texts));
        TokenSequence[] sequences = [.. texts.Select(text => Tokenizer.Encode(text, MaxLength))];
        var empty = Array.FindIndex(sequences, sequence => sequence.Length == 0);
        return empty < 0
            ? sequences
            : throw new ArgumentException(
                $"texts[{empty}], '{texts[empty]}', has no token; leave it out, or use a tokenizer that puts special tokens around a text.", nameof(texts));
    }

    private Tensor Project(Tensor features, Linear? projection, long count, Module tower)
    {
        var width = projection?.weight!.size(1) ?? ProjectionWidth;
        Require.Shape(features, Require.Sized("float", count, width), $"what {tower.GetType().Name} returns: one row for each input");
        return projection is null ? features.alias() : LinearProduct.Compute(features, projection.weight!, null);
    }

    private Linear? Project(string name, int width, string parameter, bool projects)
    {
        if (!projects)
        {
            return width == ProjectionWidth
                ? null
                : throw new ArgumentException($"{parameter} is {width}; without a projection it must be projectionWidth, {ProjectionWidth}.", parameter);
        }

        var projection = Linear(width, ProjectionWidth, hasBias: false);
        ClipInitialization.Normal(projection, Math.Pow(width, -0.5));
        register_module(name, projection);
        return projection;
    }

    private static int LongestText(Module<TokenBatch, Tensor> textTower) => textTower switch
    {
        ClipTextEncoder clip => clip.Config.ContextLength,
        SentenceEncoder sentences => sentences.MaxLength,
        _ => ClipTokenizer.ContextLength,
    };

    private static ClipConfig Fitting(ClipConfig config, TextTokenizer tokenizer, ImagePreprocessing? preprocessing)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (tokenizer.VocabularySize > config.Text.VocabularySize)
        {
            throw new ArgumentException(
                $"The tokenizer has {tokenizer.VocabularySize} tokens and the text tower {config.Text.VocabularySize}; set Text.VocabularySize to the tokenizer's.", nameof(tokenizer));
        }

        if (preprocessing is not null && preprocessing.Size != config.Vision.ImageSize)
            throw new ArgumentException($"Images are resized to {preprocessing.Size} and the image tower takes {config.Vision.ImageSize}.", nameof(preprocessing));
        return config.Checked();
    }
}
