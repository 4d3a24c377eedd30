using System.Text;

namespace Contrastive.Data;

/// <summary>
/// Tiny-ImageNet in its own layout: <c>train/WNID/images/*.JPEG</c>, <c>val/images/*.JPEG</c> with their classes in
/// <c>val/val_annotations.txt</c>, and the classes' names in <c>words.txt</c>. The validation split serves as the test split.
/// </summary>
public static class TinyImageNet
{
    /// <summary>Reads both splits.</summary>
    /// <param name="name">What the sets are to be called, before "train" and "test".</param>
    /// <param name="path">The folder, tar or zip that holds <c>tiny-imagenet-200</c>, or that folder itself.</param>
    /// <param name="train">The number of training images, class-balanced; null for all.</param>
    /// <param name="test">The number of test images, class-balanced; null for all.</param>
    /// <param name="seed">Which ones, if not all are read.</param>
    /// <param name="size">The side to scale to; null keeps 64.</param>
    /// <returns>Images uint8 <c>[N, 3, 64, 64]</c>.</returns>
    /// <exception cref="InvalidDataException">A file of the layout is missing, or a picture or the archive is damaged.</exception>
    public static (ImageSet Train, ImageSet Test) Read(string name, string path, int? train = null, int? test = null, long seed = 0, int? size = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var tree = FileTree.Open(path);
        var root = Root(tree);
        var training = ImageFolder.Find(tree, root + "train");
        var validation = Validation(tree, root, training.ClassNames);
        var words = Words(tree, root);
        string[] names = [.. training.ClassNames.Select(id => words.GetValueOrDefault(id, id))];
        var trainSet = (training with { ClassNames = names }).Choose(train, seed).Decode($"{name} train", size);
        return (trainSet, (validation with { ClassNames = names }).Choose(test, seed).Decode($"{name} test", size));
    }

    private static string Root(FileTree tree)
    {
        const string Annotations = "val/val_annotations.txt";
        var found = tree.Paths.FirstOrDefault(path => path == Annotations || path.EndsWith("/" + Annotations, StringComparison.Ordinal))
            ?? throw new InvalidDataException($"{tree.Source}: there is no '{Annotations}' in it: not Tiny-ImageNet's layout.");
        return found[..^Annotations.Length];
    }

    private static LabeledFiles Validation(FileTree tree, string root, IReadOnlyList<string> classes)
    {
        var labels = classes.Select((id, label) => (id, label)).ToDictionary(pair => pair.id, pair => pair.label, StringComparer.Ordinal);
        var known = tree.Paths.ToHashSet(StringComparer.Ordinal);
        var pictures = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in Lines(tree, root + "val/val_annotations.txt"))
        {
            number++;
            var where = $"{tree.Source}: {root}val/val_annotations.txt, line {number}";
            if (line.Split('\t') is not [var file, var id, ..] || !labels.TryGetValue(id, out var label))
            {
                throw new InvalidDataException($"{where}: expected 'picture<tab>class<tab>…' with a class of the training split, found '{line}'.");
            }

            if (!known.Contains($"{root}val/images/{file}"))
            {
                throw new InvalidDataException($"{where}: there is no picture 'val/images/{file}'.");
            }

            pictures[$"{root}val/images/{file}"] = label;
        }

        return new LabeledFiles(tree, [.. pictures.Keys], [.. pictures.Values], classes);
    }

    /// <summary>The first name of each class: "goldfish, Carassius auratus" is goldfish.</summary>
    private static Dictionary<string, string> Words(FileTree tree, string root)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        if (tree.Paths.Contains(root + "words.txt"))
        {
            foreach (var line in Lines(tree, root + "words.txt"))
            {
                if (line.Split('\t') is [var id, var names])
                {
                    words[id] = names.Split(',')[0].Trim();
                }
            }
        }

        return words;
    }

    private static IEnumerable<string> Lines(FileTree tree, string path) =>
        Encoding.UTF8.GetString(tree.Read(path)).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0);
}
