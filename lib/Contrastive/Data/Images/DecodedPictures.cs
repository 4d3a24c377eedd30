using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Data;

/// <summary>Pictures decoded into one tensor, with what is wrong with those that could not be.</summary>
/// <param name="Images">uint8 <c>[N, 3, H, W]</c>; black where a picture is damaged.</param>
/// <param name="Problems">For each picture what is wrong with it, with its name; null where it is whole.</param>
internal sealed record DecodedPictures(Tensor Images, IReadOnlyList<string?> Problems)
{
    /// <summary>Decodes in parallel.</summary>
    /// <param name="tree">Where the pictures are.</param>
    /// <param name="paths">Which of its files.</param>
    /// <param name="width">The width of all.</param>
    /// <param name="height">The height of all.</param>
    /// <param name="resize">Whether a picture of another size is center-cropped and scaled; otherwise it is one of the problems.</param>
    /// <param name="threads">How many pictures are decoded at once; −1 for as many as there are processors.</param>
    /// <exception cref="InvalidDataException">There is more than fits in one tensor.</exception>
    public static unsafe DecodedPictures Decode(FileTree tree, IReadOnlyList<string> paths, int width, int height, bool resize, int threads = -1)
    {
        var length = 3L * width * height;
        if (length * paths.Count > Array.MaxLength)
            throw new InvalidDataException($"{tree.Source}: {Counted.Of(paths.Count, "picture")} of {width}×{height} are more than 2 GB: take a smaller size, or fewer.");
        var images = zeros([paths.Count, 3, height, width], ScalarType.Byte); // [N, 3, H, W]
        var problems = new string?[paths.Count];
        fixed (byte* memory = images.bytes)
        {
            var start = (nint)memory; // Native memory: it does not move.
            try
            {
                Parallel.For(0, paths.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, index =>
                {
                    var planes = new Span<byte>((byte*)start + index * length, (int)length);
                    try
                    {
                        ImageDecoder.Decode(tree.Read(paths[index]), $"{tree.Source}: {paths[index]}", width, height, resize, planes);
                    }
                    catch (InvalidDataException damaged)
                    {
                        planes.Clear();
                        problems[index] = damaged.Message;
                    }
                });
            }
            catch (AggregateException failed)
            {
                throw failed.InnerExceptions[0];
            }
        }

        return new DecodedPictures(images, problems);
    }
}
