namespace Contrastive.Data;

/// <summary>
/// A folder of one's own pictures as a training and a test set. Where the folder has <c>train</c> and <c>test</c> (or <c>val</c>,
/// <c>valid</c>, <c>validation</c>; in upper or lower case), they are taken; otherwise a fifth of each class, at least two pictures, is
/// held out. Where all is in one folder, as in an archive of a folder, what is in that folder counts.
/// </summary>
internal static class OwnImages
{
    /// <summary>What lessons need of a class in each part: the measures compare pictures of it.</summary>
    private const int LeastOfClass = 2;

    /// <summary>The side to which pictures are scaled that are larger, of several sizes, or not square: that of CIFAR-10's.</summary>
    private const int Side = 32;

    /// <summary>Square pictures of one size keep it up to this side, that of STL-10's.</summary>
    private const int LargestSide = 96;

    private const string TrainName = "train";

    /// <summary>What the other part may be called; the first that is there is taken.</summary>
    private static readonly string[] HeldNames = ["test", "val", "valid", "validation"];

    public static (ImageSet Train, ImageSet Test) Load(string path, int? train, int? test, long seed, int? side = null)
    {
        var tree = FileTree.Open(path);
        var (known, held) = Parts(tree, seed);
        CheckClasses(known, held);
        var size = side ?? (HaveOneSize(known, held) ? null : Side);
        (known, held) = (AtMost(known, train, seed), AtMost(held, test, seed));
        var name = Path.GetFileName(path);
        var trainSet = known.Decode($"{name} train", size);
        try
        {
            return (trainSet, held.Decode($"{name} test", size));
        }
        catch
        {
            trainSet.Dispose();
            throw;
        }
    }

    private static (LabeledFiles Train, LabeledFiles Test) Parts(FileTree tree, long seed)
    {
        var (root, folders) = Root(tree);
        string? Called(string name) => Array.Find(folders, folder => folder.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (Called(TrainName) is { } train && HeldNames.Select(Called).FirstOrDefault(folder => folder is not null) is { } test)
            return (ImageFolder.Find(tree, root + train), ImageFolder.Find(tree, root + test));
        if (folders.Length > 0 && Array.TrueForAll(folders, IsPart))
        {
            throw new InvalidDataException(
                $"{tree.Source}: of its parts it has {string.Join(", ", folders)} only; expected {TrainName} and one of {string.Join(", ", HeldNames)} side by side, or a folder for each class.");
        }

        var all = ImageFolder.Find(tree, root.TrimEnd('/'));
        if (all.ClassNames.Count == 1)
        {
            throw new InvalidDataException(
                $"{tree.Source}: all {all.Paths.Count} pictures are in one class, '{all.ClassNames[0]}'; expected at least two folders side by side, one for each class.");
        }

        // In the order each class contributes one example in turn, so its first places are a random part of it.
        var places = ClassBalance.Order(all.Labels, seed).GroupBy(place => all.Labels[place]).ToList();
        var few = places.Find(group => group.Count() < 2 * LeastOfClass);
        if (few is not null)
        {
            throw new InvalidDataException(
                $"{tree.Source}: class '{all.ClassNames[few.Key]}' has {few.Count()} picture(s), expected at least {2 * LeastOfClass}: {LeastOfClass} to train on, {LeastOfClass} to measure by.");
        }

        var isHeld = places.SelectMany(group => group.Take(Math.Max(LeastOfClass, group.Count() / 5))).ToHashSet();
        return (all.Only(place => !isHeld.Contains(place)), all.Only(isHeld.Contains));
    }

    /// <summary>The folder that holds the classes or parts, empty or with a slash at its end, and those of its folders that hold
    /// pictures.</summary>
    private static (string Root, string[] Folders) Root(FileTree tree)
    {
        string[] pictures = [.. tree.Paths.Where(path => ImageFolder.IsPicture(path) && !ImageFolder.IsHidden(path))];
        var root = "";
        while (true)
        {
            string[][] below = Array.ConvertAll(pictures, path => path[root.Length..].Split('/'));
            string[] folders = [.. below.Where(parts => parts.Length > 1).Select(parts => parts[0]).Distinct()];
            if (folders is not [var only] || IsPart(only) || Array.Exists(below, parts => parts.Length < 3))
                return (root, folders);
            root += only + "/";
        }
    }

    private static bool IsPart(string folder) => HeldNames.Prepend(TrainName).Contains(folder, StringComparer.OrdinalIgnoreCase);

    private static void CheckClasses(LabeledFiles train, LabeledFiles test)
    {
        var source = train.Tree.Source;
        var alone = train.ClassNames.Except(test.ClassNames).Concat(test.ClassNames.Except(train.ClassNames)).FirstOrDefault();
        if (alone is not null)
            throw new InvalidDataException($"{source}: class '{alone}' is in one of its two parts only, expected in the training and in the test part.");
        if (train.ClassNames.Count < 2)
            throw new InvalidDataException($"{source}: there is one class, '{train.ClassNames[0]}', expected at least two.");
        foreach (var part in new[] { train, test })
        {
            if (part.Labels.CountBy(label => label).FirstOrDefault(count => count.Value < LeastOfClass) is { Value: > 0 } few)
                throw new InvalidDataException($"{source}: class '{part.ClassNames[few.Key]}' has {few.Value} picture in the {(part == train ? "training" : "test")} part, expected at least {LeastOfClass}.");
        }
    }

    private static LabeledFiles AtMost(LabeledFiles files, int? count, long seed) => files.Choose(count < files.Paths.Count ? count : null, seed);

    private static bool HaveOneSize(params LabeledFiles[] parts)
    {
        var sizes = parts.SelectMany(files => files.Paths.Select(path => ImageDecoder.Measure(files.Tree.Read(path), $"{files.Tree.Source}: {path}")));
        var (width, height) = sizes.First();
        return width == height && width <= LargestSide && sizes.All(size => size == (width, height));
    }
}
