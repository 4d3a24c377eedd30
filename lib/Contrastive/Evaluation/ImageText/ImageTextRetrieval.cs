using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>
/// Search between images and texts, both ways, where an image may have several texts and a text several images: recall@k as it is reported
/// for Flickr30k and COCO (Karpathy and Fei-Fei 2015; Radford et al. 2021, table 13). Exact, by cosine, in blocks of queries.
/// <list type="bullet">
/// <item>A query's rank is that of the best of its right items; its other right items do not count against it.</item>
/// <item>Ties count against the query: a wrong item that scores as high (to 1e-6; 1e-12 in float64) comes before the right one, so that
/// a collapsed encoder finds nothing.</item>
/// <item>An image without a text is not a query, but is searched with the others.</item>
/// </list>
/// </summary>
public static class ImageTextRetrieval
{
    /// <summary>Scores held at once: 4 million.</summary>
    private const long BlockElements = 1 << 22;

    /// <summary>Ranks all texts for each image and all images for each text.</summary>
    /// <param name="imageEmbeddings">Float <c>[N, D]</c>; normalized here.</param>
    /// <param name="textEmbeddings">Float <c>[M, D]</c>, of the same type and device; normalized here.</param>
    /// <param name="imageOfText">The image that each text belongs to, int64 <c>[M]</c>, each in 0 … N − 1.</param>
    /// <param name="at">The k to report, each at least 1. <value>The default is 1, 5 and 10, the field's.</value></param>
    /// <param name="texts">The M texts, where equal ones are to be one: a text is then one query and one item, and right for each image that
    /// has it. Without them a text that two images share is wrong for one of them, though nobody could tell. Null by default: each row is a
    /// text of its own.</param>
    /// <exception cref="ArgumentException">The shapes do not match, a value is not finite, a text's image does not exist, there are not as
    /// many texts as rows, or a k is below 1.</exception>
    public static ImageTextReport Measure(
        Tensor imageEmbeddings, Tensor textEmbeddings, Tensor imageOfText, IReadOnlyList<int>? at = null, IReadOnlyList<string>? texts = null)
    {
        Require.Matrix(imageEmbeddings);
        Require.Matrix(textEmbeddings);
        Require.SameWidth(imageEmbeddings, textEmbeddings);
        Require.Alike(imageEmbeddings, textEmbeddings);
        var images = Images(imageOfText, imageEmbeddings, textEmbeddings);
        int[] ks = [.. at ?? [1, 5, 10]];
        if (ks.Length == 0 || ks.Min() < 1)
            throw new ArgumentException($"at is [{string.Join(", ", ks)}]; expected at least one k, each at least 1.", nameof(at));

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (textOfRow, firstRows) = Distinct(texts, images.Length);
        var pairs = images.Select((image, row) => (Image: image, Text: textOfRow[row])).Distinct().ToList();
        var textsOf = pairs.GroupBy(pair => pair.Image, pair => pair.Text).OrderBy(group => group.Key).ToDictionary(group => group.Key, group => group.ToArray());
        var imagesOf = pairs.GroupBy(pair => pair.Text, pair => pair.Image).OrderBy(group => group.Key).ToDictionary(group => group.Key, group => group.ToArray());
        var imageUnits = Similarity.Normalize(imageEmbeddings); // [N, D]
        var textUnits = Similarity.Normalize(textEmbeddings.index_select(0, tensor(firstRows, device: textEmbeddings.device))); // [distinct texts, D]
        return new ImageTextReport(
            new ImageTextRanks([.. textsOf.Keys], Ranks(imageUnits, textUnits, textsOf), [.. textsOf.Values.Select(right => right.Length)], firstRows.Length, ks),
            new ImageTextRanks([.. imagesOf.Keys.Select(text => firstRows[text])], Ranks(textUnits, imageUnits, imagesOf), [.. imagesOf.Values.Select(right => right.Length)], (int)imageEmbeddings.size(0), ks));
    }

    private static int[] Images(Tensor imageOfText, Tensor imageEmbeddings, Tensor textEmbeddings)
    {
        Require.Classes(imageOfText, textEmbeddings);
        using var scope = NewDisposeScope();
        var images = imageOfText.cpu().contiguous().data<long>().ToArray();
        var count = imageEmbeddings.size(0);
        if (Array.FindIndex(images, image => image >= count) is var row and >= 0)
            throw new ArgumentException($"imageOfText[{row}] is {images[row]}, but there are {Counted.Of(count, "image")}: use 0 to {count - 1}.", nameof(imageOfText));
        return [.. images.Select(image => (int)image)];
    }

    /// <summary>The number of the distinct text that each row holds, and the first row of each.</summary>
    private static (int[] TextOfRow, int[] FirstRows) Distinct(IReadOnlyList<string>? texts, int count)
    {
        if (texts is null)
            return ([.. Enumerable.Range(0, count)], [.. Enumerable.Range(0, count)]);
        if (texts.Count != count)
            throw new ArgumentException($"There are {Counted.Of(texts.Count, "text")} for {Counted.Of(count, "embedding")}; expected as many.", nameof(texts));
        var (numbers, firstRows, textOfRow) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<int>(), new int[count]);
        for (var row = 0; row < count; row++)
        {
            var text = texts[row] ?? throw new ArgumentException($"Text {row} is null; expected a text, which may be empty.", nameof(texts));
            if (!numbers.TryGetValue(text, out textOfRow[row]))
            {
                numbers[text] = textOfRow[row] = firstRows.Count;
                firstRows.Add(row);
            }
        }

        return (textOfRow, [.. firstRows]);
    }

    /// <summary>The rank of the best right item of each query, from 1, in the order of <paramref name="right"/>.</summary>
    private static long[] Ranks(Tensor queries, Tensor items, Dictionary<int, int[]> right)
    {
        var (ids, ranks) = (right.Keys.ToArray(), new List<long>(right.Count));
        foreach (var part in ids.Chunk((int)Math.Clamp(BlockElements / items.size(0), 1, ids.Length)))
        {
            using var block = NewDisposeScope();
            var scores = queries.index_select(0, tensor(part, device: queries.device)).mm(items.t()); // [part, items]
            ranks.AddRange((Ties.Ahead(scores, Padded(part, right).to(scores.device), Ties.Width(scores)) + 1).cpu().data<long>().ToArray());
        }

        return [.. ranks];
    }

    /// <summary>The right items of each query, int64 <c>[part, most]</c>; a shorter list is filled up with its first item.</summary>
    private static Tensor Padded(int[] part, Dictionary<int, int[]> right)
    {
        var most = part.Max(query => right[query].Length);
        return tensor(part.SelectMany(query => Enumerable.Range(0, most).Select(place => (long)(place < right[query].Length ? right[query][place] : right[query][0]))).ToArray(), [part.Length, most]);
    }
}
