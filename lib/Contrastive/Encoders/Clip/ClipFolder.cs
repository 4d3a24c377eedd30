using Contrastive.Torch;
using Contrastive.Weights;

namespace Contrastive.Encoders;

/// <summary>
/// CLIP models as they are released. Read: Hugging Face's folders (<c>CLIPModel</c>, <c>SiglipModel</c>), OpenAI's files (their TorchScript
/// archives, of which no code is run, and plain state dictionaries; ViT and ResNet), and open_clip's folders and files. Written: Hugging
/// Face's layout, which loads in Python's transformers, and open_clip's for what Hugging Face's does not hold.
/// </summary>
public static partial class ClipFolder
{
    private const string Config = "config.json", Merges = "bpe_simple_vocab_16e6.txt.gz";

    private static readonly string[] HuggingFaceWeights = ["model.safetensors", "pytorch_model.bin"];
    private static readonly string[] OpenClipWeights = ["open_clip_model.safetensors", "open_clip_pytorch_model.bin"];

    /// <summary>Loads a model, ready for use: in evaluation mode, in float32, on the CPU.</summary>
    /// <remarks>
    /// A folder is Hugging Face's, with <c>config.json</c>, the weights and, if they differ from the class's defaults, the steps of the
    /// preprocessing; or open_clip's, with <c>open_clip_config.json</c>. A file is OpenAI's or open_clip's: its sizes follow from the shapes of
    /// its tensors, with heads of 64 channels and CLIP's preprocessing, unless an <c>open_clip_config.json</c> beside it says otherwise.
    /// </remarks>
    /// <param name="path">The folder, or the file of weights.</param>
    /// <param name="tokenizer">The tokenizer that belongs to the model. <value>The default is the one in the folder, or beside the file:
    /// <c>vocab.json</c> and <c>merges.txt</c>, <c>tokenizer.json</c>, or <c>bpe_simple_vocab_16e6.txt.gz</c>.</value> Released SigLIP models
    /// have a SentencePiece tokenizer, which is not read: for them it must be given.</param>
    /// <param name="activation">The activation of both towers, for a file that does not say it: <see cref="Activation.QuickGelu"/> in all
    /// weights of OpenAI's, <see cref="Activation.Gelu"/> in most that open_clip trained. <value>The default is what the configuration
    /// says; for OpenAI's archives quick-GELU.</value></param>
    /// <exception cref="FileNotFoundException">There is no such folder or file, or a part of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A part is damaged, the parts do not match, or it is a model that is not computed here.</exception>
    /// <exception cref="ArgumentException">An activation is needed and missing, or contradicts what the model says.</exception>
    public static ClipModel Load(string path, TextTokenizer? tokenizer = null, Activation? activation = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (activation is { } given)
            Require.Defined(given, nameof(activation));
        if (File.Exists(path))
            return LoadFile(path, Path.GetDirectoryName(Path.GetFullPath(path))!, tokenizer, activation);
        if (!Directory.Exists(path))
            throw new FileNotFoundException($"There is no folder and no file '{path}'; a CLIP model is Hugging Face's or open_clip's folder, or a file of weights, such as OpenAI's ViT-B-32.pt.", path);
        if (File.Exists(Path.Combine(path, Config)) && (Present(path, HuggingFaceWeights) is not null || !File.Exists(Path.Combine(path, OpenClipConfig.File))))
            return LoadHuggingFace(path, tokenizer, activation);
        if (File.Exists(Path.Combine(path, OpenClipConfig.File)))
            return LoadFile(Weights(path, OpenClipWeights), path, tokenizer, activation);
        throw new FileNotFoundException($"'{path}' has neither {Config}, as Hugging Face's folders, nor {OpenClipConfig.File}; for a file of weights alone give its own path.", Path.Combine(path, Config));
    }

    private static ClipModel LoadHuggingFace(string folder, TextTokenizer? tokenizer, Activation? activation)
    {
        var path = Path.Combine(folder, Config);
        var sizes = ModelJson.Read(path, HuggingFaceClip.Read);
        CheckActivation(activation, sizes, path);
        var weights = Weights(folder, HuggingFaceWeights);
        var preprocessing = HuggingFacePreprocessor.Read(folder, sizes.Sigmoid, sizes.ImageSize);
        tokenizer ??= sizes.Sigmoid && !File.Exists(Path.Combine(folder, "merges.txt"))
            ? throw new FileNotFoundException($"'{folder}' has no tokenizer that is read here: those of released SigLIP models are SentencePiece's. Give the tokenizer.", Path.Combine(folder, "merges.txt"))
            : ClipTokenizer.Load(folder);
        using var file = WeightFile.Open(weights);
        return Filled(file, sizes, tokenizer, preprocessing, "", HuggingFaceClip.Name);
    }

    private static ClipModel LoadFile(string path, string folder, TextTokenizer? tokenizer, Activation? activation)
    {
        using var file = WeightFile.Open(path);
        var config = Path.Combine(folder, OpenClipConfig.File);
        var names = Named(path, () => new OpenAiSizes(file));
        ReleasedClip sizes;
        ImagePreprocessing preprocessing;
        if (File.Exists(config))
        {
            (sizes, preprocessing) = Named(path, () => ModelJson.Read(config, json => OpenClipConfig.Read(json, file)));
            CheckActivation(activation, sizes, config);
        }
        else
        {
            var known = names.IsOpenAis ? Activation.QuickGelu : activation ?? throw new ArgumentException(
                $"'{path}' does not say which activation its towers have: give {nameof(Activation.QuickGelu)} for weights of OpenAI's, and for open_clip's what its configuration says, mostly {nameof(Activation.Gelu)}.",
                nameof(activation));
            sizes = Named(path, () => names.Read(known, null, null));
            preprocessing = new ImagePreprocessing { Size = sizes.ImageSize };
            CheckActivation(activation, sizes, path);
        }

        return Filled(file, sizes, tokenizer ?? Tokenizer(folder), preprocessing, names.Prefix, own => OpenAiNames.Of(own, names.Text));
    }

    private static ClipModel Filled(
        WeightFile file, ReleasedClip sizes, TextTokenizer tokenizer, ImagePreprocessing preprocessing, string prefix, Func<string, ReleasedTensor> released)
    {
        var model = Named(file.Path, () => sizes.Make(tokenizer, preprocessing));
        try
        {
            Named(file.Path, () =>
            {
                ClipWeights.Fill(model, file, prefix, released);
                return true;
            });
            model.eval();
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static ClipTokenizer Tokenizer(string folder)
    {
        var merges = Path.Combine(folder, Merges);
        if (File.Exists(merges))
            return ClipTokenizer.Load(merges);
        return File.Exists(Path.Combine(folder, "merges.txt")) || File.Exists(Path.Combine(folder, "tokenizer.json"))
            ? ClipTokenizer.Load(folder)
            : throw new FileNotFoundException($"There is no tokenizer in '{folder}': put OpenAI's {Merges} there, or give the tokenizer.", merges);
    }

    private static void CheckActivation(Activation? activation, ReleasedClip sizes, string path)
    {
        var (text, vision) = (sizes.Text.Activation, sizes.Vision?.Activation ?? sizes.Text.Activation);
        if (activation is { } given && (given != text || given != vision))
            throw new ArgumentException($"{nameof(activation)} is {given}, and '{path}' says {(text == vision ? text : $"{vision} and {text}")}; leave it out.", nameof(activation));
    }

    private static string Weights(string folder, string[] names) => Present(folder, names) ?? throw new FileNotFoundException(
        Directory.EnumerateFiles(folder, "*.index.json").FirstOrDefault() is { } index
            ? $"The weights in '{folder}' are split into several files, as '{Path.GetFileName(index)}' says, which is not read; save them as one, {names[0]}."
            : $"There are no weights in '{folder}'; expected {string.Join(" or ", names)}.",
        Path.Combine(folder, names[0]));

    private static string? Present(string folder, string[] names) => names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static T Named<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is ArgumentException || (error is InvalidDataException && !error.Message.StartsWith('\'')))
        {
            throw new InvalidDataException($"'{path}': {error.Message.Split(" (Parameter", 2)[0]}", error);
        }
    }
}
