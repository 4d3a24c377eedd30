using Contrastive.Weights;
using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <summary>
/// BERT models in Hugging Face's layout: a folder with <c>config.json</c>, <c>vocab.txt</c> and <c>model.safetensors</c> or
/// <c>pytorch_model.bin</c>. Released models load as they are, and what is saved here loads in Python's transformers.
/// </summary>
public static class BertFolder
{
    private const string Config = "config.json", SafeTensorsName = "model.safetensors", PyTorchName = "pytorch_model.bin";

    /// <summary>Loads an encoder and its tokenizer, ready for use: in evaluation mode, in float32.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">A part of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A part is damaged, or the parts do not match.</exception>
    public static (BertEncoder Encoder, BertTokenizer Tokenizer) Load(string folder)
    {
        var (config, tokenizer) = LoadParts(folder);
        var encoder = new BertEncoder(config);
        Fill(encoder, folder, encoder.LoadWeights);
        return (encoder, tokenizer);
    }

    /// <summary>Loads an encoder with its masked-language-model head; a released BERT has one. In evaluation mode, in float32.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">A part of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A part is damaged, the parts do not match, or it is an encoder without the head.</exception>
    public static (BertMaskedLanguageModel Model, BertTokenizer Tokenizer) LoadMasked(string folder)
    {
        var (config, tokenizer) = LoadParts(folder);
        var model = new BertMaskedLanguageModel(new BertEncoder(config));
        Fill(model, folder, (names, read) => names.Any(name => name.Contains("predictions.", StringComparison.Ordinal))
            ? model.LoadWeights(names, read)
            : throw new InvalidDataException("Missing: predictions.bias and the rest of BERT's head for masked tokens; it is an encoder alone. Take the folder of a model for masked tokens, such as bert-base-uncased."));
        return (model, tokenizer);
    }

    /// <summary>Saves an encoder and its tokenizer.</summary>
    /// <param name="folder">The folder; it is created if it is missing, and its files of these names are replaced.</param>
    /// <param name="encoder">The encoder, on any device.</param>
    /// <param name="tokenizer">The tokenizer that belongs to it.</param>
    /// <exception cref="ArgumentException">The vocabulary does not fit the encoder.</exception>
    public static void Save(string folder, BertEncoder encoder, BertTokenizer tokenizer) =>
        Save(folder, encoder, encoder.Config, tokenizer, "BertModel");

    /// <summary>Saves an encoder with its masked-language-model head, and their tokenizer.</summary>
    /// <param name="folder">The folder; it is created if it is missing, and its files of these names are replaced.</param>
    /// <param name="model">The model, on any device.</param>
    /// <param name="tokenizer">The tokenizer that belongs to it.</param>
    /// <exception cref="ArgumentException">The vocabulary does not fit the encoder.</exception>
    public static void Save(string folder, BertMaskedLanguageModel model, BertTokenizer tokenizer) =>
        Save(folder, model, model.Encoder.Config, tokenizer, "BertForMaskedLM");

    private static (BertConfig Config, BertTokenizer Tokenizer) LoadParts(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'; a model is a folder with {Config}, vocab.txt and {SafeTensorsName} or {PyTorchName}.");
        var config = BertConfig.Load(Path.Combine(folder, Config));
        var tokenizer = BertTokenizer.Load(folder);
        return tokenizer.VocabularySize <= config.VocabularySize
            ? (config, tokenizer)
            : throw new InvalidDataException(
                $"The vocabulary in '{folder}' has {tokenizer.VocabularySize} tokens and the model {config.VocabularySize}; they belong to different models.");
    }

    private static void Fill(nn.Module module, string folder, Func<IEnumerable<string>, Func<string, Tensor>, IReadOnlyList<string>> load)
    {
        var path = new[] { SafeTensorsName, PyTorchName }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"There are no weights in '{folder}'; expected {SafeTensorsName} or {PyTorchName}.");
        using var file = WeightFile.Open(path);
        try
        {
            load(file.Names, file.Read);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"'{path}': {error.Message}", error);
        }
        module.eval();
    }

    private static void Save(string folder, nn.Module module, BertConfig config, BertTokenizer tokenizer, string architecture)
    {
        if (tokenizer.VocabularySize > config.VocabularySize)
            throw new ArgumentException($"The tokenizer has {tokenizer.VocabularySize} tokens and the encoder {config.VocabularySize}.", nameof(tokenizer));
        tokenizer.Save(folder, config.MaxPositions);
        config.Save(Path.Combine(folder, Config), architecture);
        var tensors = module.named_parameters().ToDictionary(entry => entry.name, entry => (Tensor)entry.parameter);
        // Without this entry, transformers rejects the file.
        SafeTensors.Write(Path.Combine(folder, SafeTensorsName), tensors, new Dictionary<string, string> { ["format"] = "pt" });
    }
}
