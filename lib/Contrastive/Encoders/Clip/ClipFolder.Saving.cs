using Contrastive.Torch;
using Contrastive.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <content>Saving.</content>
public static partial class ClipFolder
{
    private static readonly HashSet<string> Parts =
    [
        Config, HuggingFacePreprocessor.File, OpenClipConfig.File, HuggingFaceWeights[0], OpenClipWeights[0], "vocab.json", "merges.txt", "tokenizer_config.json",
    ];

    /// <summary>Saves a model; the folder is there only when it is whole.</summary>
    /// <remarks>CLIP's and SigLIP's transformers are written in Hugging Face's layout. A <see cref="ModifiedResNet"/>, or CLIP's towers with the bias of
    /// the sigmoid loss, are written in open_clip's, which has no place for a tokenizer of one's own: its files are written beside it, and
    /// open_clip must be told of them. A tokenizer other than <see cref="ClipTokenizer"/>, which only SigLIP's layout allows, is not written; give
    /// it again to <see cref="Load"/>.</remarks>
    /// <param name="folder">A new folder, an empty one, or one that holds an older model that was saved so, which it replaces.</param>
    /// <param name="model">The model, on any device and in any precision.</param>
    /// <exception cref="ArgumentException">A tower, the tokenizer or a setting has no place in a released layout; use <c>Checkpoint</c>.</exception>
    /// <exception cref="IOException">The folder holds something else, or cannot be written.</exception>
    public static void Save(string folder, ClipModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var sizes = ReleasedClip.Of(model);
        var kind = HuggingFaceClip.Kind(sizes);
        if (kind is null && OpenClipConfig.Lacks(sizes) is { } lack)
            throw new ArgumentException($"No released layout holds this model: {lack}. Save it with Checkpoint.", nameof(model));
        if (kind != HuggingFaceClip.Siglip && model.Tokenizer is not ClipTokenizer)
            throw new ArgumentException($"The tokenizer is a {model.Tokenizer.GetType().Name}; the layouts of CLIP hold a {nameof(ClipTokenizer)}. Save this model with Checkpoint.", nameof(model));
        WholeFolder.Write(folder, RefuseOther, target =>
        {
            Directory.CreateDirectory(target);
            (model.Tokenizer as ClipTokenizer)?.Save(target, sizes.Text.ContextLength);
            if (kind is null)
                WriteOpenClip(target, model, sizes);
            else
                WriteHuggingFace(target, model, sizes, kind == HuggingFaceClip.Siglip);
        });
    }

    private static void WriteHuggingFace(string folder, ClipModel model, ReleasedClip sizes, bool isSiglip)
    {
        ModelJson.Write(Path.Combine(folder, Config), HuggingFaceClip.Write(sizes, model.Tokenizer));
        ModelJson.Write(Path.Combine(folder, HuggingFacePreprocessor.File), HuggingFacePreprocessor.Write(model.Preprocessing, isSiglip));
        // SigLIP's scalars are vectors of one number.
        WriteWeights(Path.Combine(folder, HuggingFaceWeights[0]), model, HuggingFaceClip.Name, tensor => isSiglip && tensor.dim() == 0 ? tensor.reshape(1) : tensor);
    }

    private static void WriteOpenClip(string folder, ClipModel model, ReleasedClip sizes)
    {
        ModelJson.Write(Path.Combine(folder, OpenClipConfig.File), OpenClipConfig.Write(sizes, model.Preprocessing));
        WriteWeights(Path.Combine(folder, OpenClipWeights[0]), model, own => OpenAiNames.Of(own), tensor => tensor);
    }

    private static void WriteWeights(string path, ClipModel model, Func<string, ReleasedTensor> released, Func<Tensor, Tensor> shaped)
    {
        using var scope = NewDisposeScope();
        var tensors = ClipWeights.Released(model, released).ToDictionary(entry => entry.Key, entry => shaped(entry.Value));
        // Without this entry, transformers rejects the file.
        SafeTensors.Write(path, tensors, new Dictionary<string, string> { ["format"] = "pt" });
    }

    private static void RefuseOther(string folder)
    {
        var config = Path.Combine(folder, Config);
        var isOurs = File.Exists(config) ? IsClip(config) : File.Exists(Path.Combine(folder, OpenClipConfig.File));
        var other = File.Exists(folder) ? folder : Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(path => !isOurs || !Parts.Contains(Path.GetFileName(path)));
        if (other is not null)
            throw new IOException($"'{folder}' holds something other than a CLIP model that was saved here, '{other}'; save to a folder that is new or empty.");
    }

    private static bool IsClip(string config)
    {
        try
        {
            return ModelJson.Read(config, json => json.Value("model_type", "") is HuggingFaceClip.Clip or HuggingFaceClip.Siglip);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
