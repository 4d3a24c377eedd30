using static TorchSharp.torch;

namespace Contrastive.Data;

/// <summary>Encoded pictures with their captions, found but not yet decoded.</summary>
/// <param name="Name">What the set is called.</param>
/// <param name="Tree">Where the pictures are.</param>
/// <param name="Pictures">Those that have captions, in the files' order.</param>
/// <param name="Notes">What was left out.</param>
internal sealed record CaptionFiles(string Name, FileTree Tree, IReadOnlyList<CaptionedFile> Pictures, IReadOnlyList<string> Notes)
{
    /// <summary>A training and a test part: a fifth of the groups, in an order that the seed gives, are held out. Of each part at most so many
    /// pictures are taken, the same ones first whatever the number.</summary>
    /// <exception cref="InvalidDataException">There are fewer than two groups.</exception>
    public (int[] Train, int[] Test) Split(int? train, int? test, long seed)
    {
        var groups = Pictures.Index().ToLookup(picture => picture.Item.Group, picture => picture.Index, StringComparer.Ordinal);
        int[][] ordered = [.. groups.Select(group => group.ToArray())];
        if (ordered.Length < 2)
            throw new InvalidDataException($"{Tree.Source}: its pictures with captions are one, or belong together; expected at least two: one to train on, one to test on.");
        int[][] order = [.. ClassBalance.Order(new int[ordered.Length], seed).Select(place => ordered[place])];
        var (held, pictures) = (0, 0);
        while (held == 0 || (held < order.Length - 1 && pictures < Pictures.Count / 5))
            pictures += order[held++].Length;
        return (Part(order[held..], train), Part(order[..held], test));

        static int[] Part(int[][] groups, int? count) => [.. groups.SelectMany(group => group).Take(count ?? int.MaxValue).Order()];
    }

    /// <summary>Decodes the pictures of several parts, each once; damaged ones are left out of their part.</summary>
    /// <param name="size">The side of the square that each is cropped and scaled to.</param>
    /// <param name="strict">Whether a damaged picture is an error.</param>
    /// <param name="cache">Where decoded pictures are kept.</param>
    /// <param name="parts">The name of each part and its pictures' places, ascending.</param>
    /// <exception cref="InvalidDataException">A picture is damaged and <paramref name="strict"/>, or all of a part are.</exception>
    public CaptionedImages[] Decode(int size, bool strict, PictureCache cache, params (string Name, int[] Places)[] parts)
    {
        using var scope = NewDisposeScope();
        int[] all = [.. parts.SelectMany(part => part.Places).Distinct().Order()];
        var (decoded, cacheNote) = cache.Decode(Tree, [.. all.Select(place => Pictures[place].Path)], size);
        var sets = new List<CaptionedImages>();
        try
        {
            foreach (var (name, places) in parts)
                sets.Add(Part(name, places));
            return [.. sets];
        }
        catch
        {
            sets.ForEach(set => set.Dispose());
            throw;
        }

        CaptionedImages Part(string name, int[] places)
        {
            var omissions = new Omissions(strict);
            var whole = new List<int>();
            foreach (var index in places.Select(place => Array.BinarySearch(all, place)))
            {
                if (decoded.Problems[index] is { } problem)
                    omissions.Add(Omission.Damaged, problem);
                else
                    whole.Add(index);
            }

            if (whole.Count == 0)
                throw new InvalidDataException($"{Tree.Source}: no picture is left for '{name}'. {string.Join(' ', omissions.Notes)}");
            CaptionedFile[] files = [.. whole.Select(index => Pictures[all[index]])];
            var images = decoded.Images.index_select(0, tensor(whole.Select(index => (long)index).ToArray())); // [N, 3, size, size]
            return new CaptionedImages(name, images, [.. files.Select(file => file.Captions)], [.. files.Select(file => file.Path)], [.. Notes, .. omissions.Notes, .. cacheNote]);
        }
    }
}

/// <summary>A picture's file with its captions.</summary>
/// <param name="Path">Its name in the tree.</param>
/// <param name="Group">What it belongs to: pictures of one group are not divided between training and test.</param>
/// <param name="Captions">At least one, none empty.</param>
internal sealed record CaptionedFile(string Path, string Group, IReadOnlyList<string> Captions);
