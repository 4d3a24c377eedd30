using System.Globalization;
using static TorchSharp.torch;

namespace Contrastive.Display;

/// <summary>
/// Images side by side, enlarged without smoothing. Titles and captions are HTML text, not part of the image, so no font is needed.
/// </summary>
[TypeFormatterSource(typeof(PictureFormatterSource), PreferredMimeTypes = [MimeType.Html, MimeType.Png, MimeType.Plain])]
public sealed class ImageGrid : IDisplayable
{
    private const int MostImages = 400;
    private const int Gap = 2;

    private readonly ImageGridHtml _page;
    private readonly string _png;
    private readonly string _summary;

    private ImageGrid(ImageGridHtml page, string png, string summary) => (_page, _png, _summary) = (page, png, summary);

    /// <summary>Lays images out row by row.</summary>
    /// <param name="images"><c>[B, C, H, W]</c> with 1 or 3 channels, uint8, or floats in [0, 1]; at most 400 of them.</param>
    /// <param name="columns">Images per row. <value>The default is 8.</value></param>
    /// <param name="title">The title above the grid.</param>
    /// <param name="captions">The caption below each image.</param>
    /// <param name="rowLabels">The label before each row.</param>
    /// <param name="columnLabels">The label above each column.</param>
    /// <param name="scale">The magnification. <value>The default is 3.</value></param>
    /// <exception cref="ArgumentException">The images are not such a tensor, or labels do not match the grid.</exception>
    public static ImageGrid Of(
        Tensor images, int columns = 8, string? title = null, IReadOnlyList<string>? captions = null,
        IReadOnlyList<string>? rowLabels = null, IReadOnlyList<string>? columnLabels = null, int scale = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        using var scope = NewDisposeScope();
        var tiles = Tiles.Of(images); // [B, H, W, 4]
        var count = (int)tiles.size(0);
        if (count > MostImages)
            throw new ArgumentException($"There are {count} images; a grid shows at most {MostImages}: take a part.", nameof(images));
        columns = Math.Min(columns, count);
        var rows = (count + columns - 1) / columns;
        RequireCount(captions, count, "images", nameof(captions));
        RequireCount(rowLabels, rows, "rows", nameof(rowLabels));
        RequireCount(columnLabels, columns, "columns", nameof(columnLabels));
        var sheet = Tiles.Sheet(tiles, columns, Gap);
        var page = new ImageGridHtml(title, columns, (int)tiles.size(2) * scale, captions, rowLabels, columnLabels)
        {
            Pictures = captions is null && rowLabels is null && columnLabels is null
                ? [PngPicture.Encode(sheet)]
                : [.. Enumerable.Range(0, count).Select(tile => PngPicture.Encode(tiles[tile]))],
            SheetWidth = (int)sheet.size(1) * scale,
        };
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"Images: {(title is null ? "" : title + ", ")}{count} of {images.size(1)}×{images.size(2)}×{images.size(3)} in {rows} {(rows == 1 ? "row" : "rows")}");
        return new ImageGrid(page, PngPicture.Encode(Tiles.Enlarge(sheet, scale)), summary);
    }

    /// <summary>The grid's contents in one line, and the captions row by row.</summary>
    public override string ToString() => string.Join('\n', _page.CaptionRows().Prepend(_summary));

    string? IDisplayable.As(string mimeType) => mimeType switch
    {
        MimeType.Html => _page.Write(),
        MimeType.Png => _png,
        MimeType.Plain => ToString(),
        _ => null,
    };

    private static void RequireCount(IReadOnlyList<string>? labels, int count, string what, string parameter)
    {
        if (labels is not null && labels.Count != count)
            throw new ArgumentException($"There are {labels.Count} {parameter} for {count} {what}; give one for each, or none.", parameter);
    }
}
