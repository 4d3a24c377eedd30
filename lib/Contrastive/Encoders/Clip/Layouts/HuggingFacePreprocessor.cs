using System.Text.Json;
using System.Text.Json.Nodes;
using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>The <c>preprocessor_config.json</c> of Hugging Face's <c>CLIPImageProcessor</c> and <c>SiglipImageProcessor</c>, or the part of a newer
/// <c>processor_config.json</c> that stands for it.</summary>
internal static class HuggingFacePreprocessor
{
    public const string File = "preprocessor_config.json";

    private const string WholeFile = "processor_config.json", Part = "image_processor";
    private const int Bicubic = 3; // Pillow's number

    private static readonly float[] Half = [0.5f, 0.5f, 0.5f];

    /// <summary>What a folder says; what the classes do by default where it says nothing.</summary>
    public static ImagePreprocessing Read(string folder, bool isSiglip, int imageSize)
    {
        var defaults = isSiglip ? new ImagePreprocessing { Size = imageSize, Mean = Half, Std = Half, Crop = false } : new ImagePreprocessing { Size = imageSize };
        var (path, whole) = (Path.Combine(folder, File), Path.Combine(folder, WholeFile));
        return System.IO.File.Exists(path) ? ModelJson.Read(path, json => Read(json, defaults))
            : System.IO.File.Exists(whole) ? ModelJson.Read(whole, json => Read(json.Inner(Part), defaults)) : defaults;
    }

    public static JsonObject Write(ImagePreprocessing preprocessing, bool isSiglip)
    {
        static JsonObject Square(int size) => new() { ["height"] = size, ["width"] = size };
        var json = new JsonObject
        {
            ["image_processor_type"] = isSiglip ? "SiglipImageProcessor" : "CLIPImageProcessor",
            ["do_resize"] = true,
            ["size"] = preprocessing.Crop ? new JsonObject { ["shortest_edge"] = preprocessing.Size } : Square(preprocessing.Size),
            ["resample"] = Bicubic,
            ["do_center_crop"] = preprocessing.Crop,
            ["do_rescale"] = true,
            ["rescale_factor"] = 1 / 255.0,
            ["do_normalize"] = true,
            ["image_mean"] = ModelJson.Array(preprocessing.Mean),
            ["image_std"] = ModelJson.Array(preprocessing.Std),
        };
        if (preprocessing.Crop)
            json["crop_size"] = Square(preprocessing.Size);
        return json;
    }

    private static ImagePreprocessing Read(JsonObject json, ImagePreprocessing defaults)
    {
        json.Expect("do_resize", true);
        json.Expect("do_normalize", true);
        json.Expect("do_rescale", true);
        json.Expect("resample", Bicubic);
        var resized = Sides(json, "size");
        var crop = json.Value("do_center_crop", defaults.Crop);
        var size = (crop ? Sides(json, "crop_size") : null) ?? resized ?? defaults.Size;
        if (crop && (resized ?? size) != size)
            throw new JsonException($"images are resized to {resized} pixels and then cut to {size}; only one size for both is computed.");
        if (crop && json["size"] is JsonObject { Count: 2 })
            throw new JsonException("size has a height and a width, and the middle is cut out; only a shortest_edge is computed then.");
        return new ImagePreprocessing { Size = size, Crop = crop, Mean = json.Floats("image_mean", defaults.Mean), Std = json.Floats("image_std", defaults.Std) };
    }

    // A number, the shortest side, or both sides.
    private static int? Sides(JsonObject json, string name)
    {
        if (json[name] is not JsonObject sides)
            return json[name]?.GetValue<int>();
        var (height, width) = (sides["height"], sides["width"]);
        if (height is null && width is null)
            return sides["shortest_edge"]?.GetValue<int>() ?? throw new JsonException($"{name} is {sides.ToJsonString()}; expected shortest_edge, or height and width.");
        return height is not null && width is not null && height.GetValue<int>() == width.GetValue<int>()
            ? height.GetValue<int>()
            : throw new JsonException($"{name} is {sides.ToJsonString()}; only squares are computed.");
    }
}
