using System.Text.Json;
using Contrastive.Encoders;
using Contrastive.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

/// <summary>A small model in a released layout, and what PyTorch computed with it: clip-layouts.py wrote both. The weights are drawn here as
/// there, in the order of their names.</summary>
internal sealed class ClipLayout(string name)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Encoders/Clip/Fixtures");
    private static readonly JsonElement All = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "clip-layouts.json"))).RootElement;

    private readonly JsonElement _recorded = All.GetProperty(name);

    /// <summary>OpenAI's ViT as a TorchScript archive.</summary>
    public static string Archive => Path.Combine(Folder, "openai-vit.pt");

    /// <summary>A tokenizer of CLIP's that is small enough for these models: the bytes, and two merges.</summary>
    public static ClipTokenizer Tokenizer { get; } = new(["t h", "th e</w>"]);

    public Dictionary<string, Tensor> Weights()
    {
        using var generator = new Generator(_recorded.GetProperty("seed").GetUInt64());
        return _recorded.GetProperty("shapes").EnumerateObject().OrderBy(shape => shape.Name, StringComparer.Ordinal)
            .ToDictionary(shape => shape.Name, shape => Draw(shape.Name, [.. shape.Value.EnumerateArray().Select(size => size.GetInt64())], generator));
    }

    public string Json(string part) => _recorded.GetProperty(part).GetRawText();

    /// <summary>Images of the model's size.</summary>
    public Tensor Images()
    {
        using var generator = new Generator(100 + _recorded.GetProperty("seed").GetUInt64());
        var size = _recorded.GetProperty("size").GetInt64();
        return rand([3, 3, size, size], generator: generator);
    }

    public TokenBatch Texts()
    {
        var rows = _recorded.GetProperty("ids").EnumerateArray().Select(row => row.EnumerateArray().Select(id => id.GetInt64()).ToArray()).ToArray();
        var masks = rows.Select(row => Enumerable.Range(0, row.Length).Select(i => i <= Array.IndexOf(row, row.Max()) ? 1L : 0)).ToArray();
        var shape = new long[] { rows.Length, rows[0].Length };
        var ids = tensor(rows.SelectMany(row => row).ToArray(), shape);
        return new TokenBatch(ids, tensor(masks.SelectMany(row => row).ToArray(), shape), zeros_like(ids));
    }

    /// <summary>The largest difference between the model's features and PyTorch's, relative to the largest feature.</summary>
    public double Difference(ClipModel model)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        // Preprocessing is left out: the reference has none.
        var images = Images();
        var undone = images * tensor(model.Preprocessing.Std.ToArray()).view(1, -1, 1, 1) + tensor(model.Preprocessing.Mean.ToArray()).view(1, -1, 1, 1);
        return Math.Max(Difference("image", model.ImageFeatures(undone)), Difference("text", model.TextFeatures(Texts())));
    }

    /// <summary>Writes the model into a folder, as it is released.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="weights">The name of the file of weights.</param>
    /// <param name="config">The name of the configuration, if the layout has one.</param>
    /// <param name="change">Changes the weights first.</param>
    /// <returns>The file of weights.</returns>
    public string Write(string folder, string weights, string? config = null, Action<Dictionary<string, Tensor>>? change = null)
    {
        using var scope = NewDisposeScope();
        var tensors = Weights();
        change?.Invoke(tensors);
        var path = Path.Combine(folder, weights);
        SafeTensors.Write(path, tensors, new Dictionary<string, string> { ["format"] = "pt" });
        if (config is not null)
            File.WriteAllText(Path.Combine(folder, config), Json("config"));
        if (_recorded.TryGetProperty("preprocessor", out var preprocessor))
            File.WriteAllText(Path.Combine(folder, "preprocessor_config.json"), preprocessor.GetRawText());
        if (name != "hf-siglip")
            Tokenizer.Save(folder);
        return path;
    }

    private double Difference(string part, Tensor features)
    {
        double[] expected = [.. _recorded.GetProperty(part).EnumerateArray().Select(number => number.GetDouble())];
        var reference = tensor(expected, [3, expected.Length / 3]);
        return features.shape.SequenceEqual(reference.shape) ? ((features.to(float64) - reference).abs().max() / reference.abs().max()).item<double>() : double.NaN;
    }

    private static Tensor Draw(string name, long[] shape, Generator generator)
    {
        if (name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            return tensor(0L);
        var noise = randn(shape, generator: generator);
        if (name.EndsWith("running_var", StringComparison.Ordinal))
            return noise.abs() + 0.5;
        if (noise.numel() == 1)
            return noise * 0.1 + 2;
        if (shape.Length == 1)
            return noise * 0.1 + (name.EndsWith(".weight", StringComparison.Ordinal) ? 1 : 0);
        return noise * (1.5 / Math.Sqrt(noise.numel() / shape[0]));
    }
}
