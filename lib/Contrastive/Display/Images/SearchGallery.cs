using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Display;

/// <summary>
/// What a search found, to look at: a row for each query, with its results best first, each marked right or wrong where that is known. The
/// results come from <c>ExactSearch.TopK</c>, whose indices and scores are taken as they are.
/// </summary>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = [MimeType.Html, MimeType.Plain])]
public sealed class SearchGallery : IDisplayable
{
    private const int MostResults = 400;

    private readonly string? _title;
    private readonly IReadOnlyList<GalleryRow> _rows;
    private readonly int _pictureWidth;

    private SearchGallery(string? title, IReadOnlyList<GalleryRow> rows, int pictureWidth) => (_title, _rows, _pictureWidth) = (title, rows, pictureWidth);

    /// <summary>Texts and the images found for them.</summary>
    /// <param name="queries">The Q texts.</param>
    /// <param name="found">The images found for each, best first, int64 <c>[Q, K]</c>, each in 0 … N − 1; at most 400 in all.</param>
    /// <param name="images">All images, <c>[N, C, H, W]</c> with 1 or 3 channels, uint8, or floats in [0, 1].</param>
    /// <param name="isRight">Whether an image (second) is right for a query (first); without it, nothing is marked.</param>
    /// <param name="scores">The score of each result, float <c>[Q, K]</c>; none are shown by default.</param>
    /// <param name="captions">What to write below each of the N images; nothing by default.</param>
    /// <param name="title">The title above.</param>
    /// <param name="scale">The magnification. <value>The default is 2.</value></param>
    /// <exception cref="ArgumentException">The sizes do not match, an index is not an image, or there are more than 400 results.</exception>
    public static SearchGallery TextToImage(
        IReadOnlyList<string> queries, Tensor found, Tensor images, Func<int, int, bool>? isRight = null, Tensor? scores = null,
        IReadOnlyList<string>? captions = null, string? title = null, int scale = 2)
    {
        ArgumentNullException.ThrowIfNull(queries);
        Require.Shape(images, "[N, C, H, W]");
        Require.AtLeast(scale, 1);
        var results = Results(found, queries.Count, (int)images.size(0), isRight, scores);
        if (captions is not null && captions.Count != images.size(0))
            throw new ArgumentException($"There are {Counted.Of(captions.Count, "caption")} for {Counted.Of(images.size(0), "image")}; expected one for each, or none.", nameof(captions));
        var pictures = Pictures(images, results.SelectMany(row => row).Select(result => result.Item));
        return new SearchGallery(title, [.. results.Select((row, query) => new GalleryRow(queries[query], null,
            [.. row.Select(result => result with { Picture = pictures[result.Item], Text = captions?[result.Item] })]))], (int)images.size(3) * scale);
    }

    /// <summary>Images and the texts found for them.</summary>
    /// <param name="queries">The Q images, <c>[Q, C, H, W]</c> with 1 or 3 channels, uint8, or floats in [0, 1].</param>
    /// <param name="found">The texts found for each, best first, int64 <c>[Q, K]</c>, each in 0 … M − 1; at most 400 in all.</param>
    /// <param name="texts">All M texts.</param>
    /// <param name="isRight">Whether a text (second) is right for a query (first); without it, nothing is marked.</param>
    /// <param name="scores">The score of each result, float <c>[Q, K]</c>; none are shown by default.</param>
    /// <param name="title">The title above.</param>
    /// <param name="scale">The magnification. <value>The default is 2.</value></param>
    /// <exception cref="ArgumentException">The sizes do not match, an index is not a text, or there are more than 400 results.</exception>
    public static SearchGallery ImageToText(
        Tensor queries, Tensor found, IReadOnlyList<string> texts, Func<int, int, bool>? isRight = null, Tensor? scores = null,
        string? title = null, int scale = 2)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Require.Shape(queries, "[Q, C, H, W]");
        Require.AtLeast(scale, 1);
        var results = Results(found, (int)queries.size(0), texts.Count, isRight, scores);
        var pictures = Pictures(queries, Enumerable.Range(0, (int)queries.size(0)));
        return new SearchGallery(title, [.. results.Select((row, query) => new GalleryRow(
            null, pictures[query], [.. row.Select(result => result with { Text = texts[result.Item] })]))], (int)queries.size(3) * scale);
    }

    /// <summary>The title, and for each query a line with its results.</summary>
    public override string ToString() =>
        string.Join('\n', _rows.Select((row, query) => row.ToString(query)).Prepend(_title ?? "Search results"));

    string? IDisplayable.As(string mimeType) => mimeType switch
    {
        MimeType.Html => SearchGalleryHtml.Write(_title, _rows, _pictureWidth),
        MimeType.Plain => ToString(),
        _ => null,
    };

    private static GalleryResult[][] Results(Tensor found, int queries, int items, Func<int, int, bool>? isRight, Tensor? scores)
    {
        Require.Shape(found, $"Int64 [{queries}, K]", "the results of each query");
        if (found.numel() > MostResults)
            throw new ArgumentException($"There are {found.numel()} results; a gallery shows at most {MostResults}: take a part.", nameof(found));
        if (scores is not null)
            Require.Shape(scores, Require.Sized("float", found.shape), "a score for each result");
        using var scope = NewDisposeScope();
        var indices = found.cpu().contiguous().data<long>().ToArray();
        var values = scores?.detach().cpu().to(float64).contiguous().data<double>().ToArray();
        if (Array.Find(indices, index => index < 0 || index >= items) is var wrong && (wrong < 0 || wrong >= items))
            throw new ArgumentException($"found holds {wrong}, but there are {items} to find: expected 0 to {items - 1}.", nameof(found));
        var width = (int)found.size(1);
        return
        [
            .. indices.Select((item, place) => new GalleryResult((int)item, isRight?.Invoke(place / width, (int)item), values?[place])).Chunk(width),
        ];
    }

    /// <summary>The PNG of each of these images, once.</summary>
    private static Dictionary<int, string> Pictures(Tensor images, IEnumerable<int> chosen)
    {
        using var scope = NewDisposeScope();
        int[] distinct = [.. chosen.Distinct()];
        var tiles = Tiles.Of(images.index_select(0, tensor(distinct, device: images.device))); // [chosen, H, W, 4]
        return distinct.Index().ToDictionary(image => image.Item, image => PngPicture.Encode(tiles[image.Index]));
    }
}

/// <summary>A query, a text or a picture (PNG as base64), and what was found.</summary>
internal sealed record GalleryRow(string? Text, string? Picture, IReadOnlyList<GalleryResult> Results)
{
    public string ToString(int query) =>
        $"  {Text ?? FormattableString.Invariant($"image {query}")}: {string.Join(", ", Results.Select(result => result.ToString()))}";
}

/// <summary>One result of a query.</summary>
internal sealed record GalleryResult(int Item, bool? IsRight, double? Score)
{
    public string? Text { get; init; }

    public string? Picture { get; init; }

    public string Mark => IsRight switch { true => "✓", false => "✗", null => "" };

    public string ScoreText => Score is { } score ? score.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) : "";

    public override string ToString() =>
        string.Join(' ', new[] { Mark, Text ?? FormattableString.Invariant($"image {Item}"), ScoreText.Length == 0 ? "" : $"({ScoreText})" }.Where(part => part.Length > 0));
}
