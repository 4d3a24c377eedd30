using System.Security.Cryptography;
using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>
/// Dual encoders in Hugging Face's layout: two folders, <c>question</c> and <c>passage</c>, each as <see cref="BertFolder"/> has it and
/// Python's transformers reads it, and <c>dual_encoder.json</c> with what they cannot keep: prefixes, titles, pooling, lengths, and whether
/// the two are one.
/// </summary>
public static class DualEncoderFolder
{
    private const string Question = "question", Passage = "passage";

    /// <summary>The tokens that DPR reads of a text (Karpukhin et al. 2020; its code's <c>sequence_length</c>).</summary>
    private const int DprLength = 256;

    private static readonly string[] Parts = ["config.json", "vocab.txt", "tokenizer_config.json", "model.safetensors"];

    /// <summary>Whether a folder holds two models, or at least one of the two.</summary>
    /// <param name="folder">A folder, or a path where there is none.</param>
    public static bool IsIn(string folder) => Directory.Exists(Path.Combine(folder, Question)) || Directory.Exists(Path.Combine(folder, Passage));

    /// <summary>Saves a dual encoder; the folder is there only when it is whole.</summary>
    /// <param name="folder">A new folder, an empty one, or one that holds an older dual encoder that was saved so, which it replaces.</param>
    /// <param name="dual">The encoder, on any device. A shared one is written twice, so that Python reads each folder, and loads as
    /// one.</param>
    /// <exception cref="ArgumentException">A tower is not a BERT.</exception>
    /// <exception cref="IOException">The folder holds something else, or cannot be written.</exception>
    public static void Save(string folder, DualEncoder dual)
    {
        ArgumentNullException.ThrowIfNull(dual);
        var settings = DualEncoderSettings.Of(dual);
        WholeFolder.Write(folder, RefuseOther, target =>
        {
            SaveTower(Path.Combine(target, Question), dual.Question);
            SaveTower(Path.Combine(target, Passage), dual.Passage);
            settings.Write(Path.Combine(target, DualEncoderSettings.File));
        });
    }

    /// <summary>Loads a dual encoder: one that was saved so, or two released models of DPR, which have no <c>dual_encoder.json</c> and get
    /// DPR's settings (the first token's vector, title and text as a pair, 256 tokens, no prefix). In evaluation mode, in float32, on the
    /// CPU.</summary>
    /// <param name="folder">The folder that holds <c>question</c> and <c>passage</c>.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder, or one of the two is missing.</exception>
    /// <exception cref="FileNotFoundException">A part of a model is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the parts do not match; the message names it.</exception>
    public static DualEncoder Load(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        foreach (var name in (string[])[Question, Passage])
        {
            if (!Directory.Exists(Path.Combine(folder, name)))
                throw new DirectoryNotFoundException($"'{folder}' holds no dual encoder: there is no '{Path.Combine(folder, name)}'. It is a folder with two models, '{Question}' and '{Passage}'.");
        }

        var path = Path.Combine(folder, DualEncoderSettings.File);
        var settings = File.Exists(path) ? DualEncoderSettings.Read(path) : null;
        if (settings is { Shared: true })
            CheckShared(folder, path);
        var loaded = new List<SentenceEncoder>();
        try
        {
            loaded.Add(LoadTower(Path.Combine(folder, Question), settings?.Question));
            loaded.Add(settings is { Shared: true } ? loaded[0] : LoadTower(Path.Combine(folder, Passage), settings?.Passage));
            var dual = new DualEncoder(loaded[0], loaded[1], settings?.Options);
            dual.eval();
            return dual;
        }
        catch (Exception error)
        {
            foreach (var tower in loaded.Distinct())
                tower.Dispose();
            if (error is ArgumentException)
                throw new InvalidDataException($"'{(settings is null ? folder : path)}': {error.Message.Split(" (Parameter", 2)[0]}", error);
            throw;
        }
    }

    private static void SaveTower(string folder, SentenceEncoder encoder) => BertFolder.Save(folder, encoder.Bert, (BertTokenizer)encoder.Tokenizer);

    private static SentenceEncoder LoadTower(string folder, DualEncoderSettings.Tower? settings)
    {
        var (bert, tokenizer) = BertFolder.Load(folder);
        try
        {
            return new SentenceEncoder(bert, tokenizer, settings?.Pooling ?? Pooling.Class, settings?.MaxLength ?? Math.Min(DprLength, bert.Config.MaxPositions));
        }
        catch
        {
            bert.Dispose();
            throw;
        }
    }

    /// <summary>One of the two may have been trained further elsewhere; to load the other as both would be wrong without a word.</summary>
    private static void CheckShared(string folder, string path)
    {
        foreach (var part in Parts.Append("pytorch_model.bin"))
        {
            if (!Sum(Path.Combine(folder, Question, part)).SequenceEqual(Sum(Path.Combine(folder, Passage, part))))
                throw new InvalidDataException($"'{path}' says that the encoder is shared, but '{part}' differs between '{Question}' and '{Passage}'; if they are two, set \"shared\" to false.");
        }
    }

    private static byte[] Sum(string path)
    {
        if (!File.Exists(path))
            return [];
        using var file = File.OpenRead(path);
        return SHA256.HashData(file);
    }

    private static void RefuseOther(string folder)
    {
        var other = File.Exists(folder) ? folder : !File.Exists(Path.Combine(folder, DualEncoderSettings.File)) ? Directory.GetFileSystemEntries(folder)[0]
            : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).FirstOrDefault(path => !IsPart(Path.GetRelativePath(folder, path)));
        if (other is not null)
            throw new IOException($"'{folder}' holds something other than a dual encoder that was saved here, '{other}'; save to a folder that is new or empty.");
    }

    private static bool IsPart(string path) => path == DualEncoderSettings.File
        || (Path.GetDirectoryName(path) is Question or Passage && Parts.Contains(Path.GetFileName(path)));
}
